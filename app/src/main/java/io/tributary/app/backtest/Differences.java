package io.tributary.app.backtest;

import io.tributary.core.measure.DayBootstrap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How every learner differs from those it is compared with, and how sure that is: a paired bootstrap over days, or over
 * blocks of rows where times are not told or span too few days.
 *
 * @param pairs one a learner and scorer it is compared with; none if there are too few rows, or several classes
 * @param blocks what was drawn, for people, such as {@code 21 days}
 */
public record Differences(List<Pair> pairs, String blocks) {

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final int LEAST_DAYS = 10;
    private static final int BLOCKS = 100;

    /** A learner's figures less another's. */
    public record Pair(String learner, String other, DayBootstrap.Difference difference) {}

    /** Compares the learners of a result. */
    public static Differences of(BacktestResult result) {
        int[] rows = result.reported().rows();
        long[] days = days(rows, result.recorded().timesMillis());
        boolean byDay = days != null;
        long[] times = days == null ? blocks(rows) : days;
        double[] labels = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = result.recorded().recording().labels()[rows[i]];
        }
        List<Pair> pairs = new ArrayList<>();
        if (result.plan().classes() == 1) {
            DayBootstrap bootstrap = new DayBootstrap(
                    times,
                    labels,
                    result.plan().task(),
                    result.plan().fusion().clip(),
                    result.reported().quantile());
            for (Scorer learner : result.learners()) {
                for (String name : result.against()) {
                    DayBootstrap.Difference difference = name.equals(learner.name())
                            ? null
                            : bootstrap.difference(
                                    chosen(learner.scores(), rows),
                                    chosen(result.scorer(name).scores(), rows));
                    if (difference != null) {
                        pairs.add(new Pair(learner.name(), name, difference));
                    }
                }
            }
        }
        int drawn = pairs.isEmpty() ? 0 : pairs.get(0).difference().days();
        return new Differences(
                pairs, byDay ? drawn + " days" : drawn + " blocks of " + blockLength(rows) + " consecutive rows");
    }

    private static double[] chosen(double[] scores, int[] rows) {
        double[] chosen = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = scores[rows[i]];
        }
        return chosen;
    }

    private static long @Nullable [] days(int[] rows, long @Nullable [] timesMillis) {
        if (timesMillis == null) {
            return null;
        }
        long[] days = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            days[i] = timesMillis[rows[i]];
        }
        long count = java.util.Arrays.stream(days)
                .map(time -> Math.floorDiv(time, DAY_MILLIS))
                .distinct()
                .count();
        return count < LEAST_DAYS ? null : days;
    }

    private static long[] blocks(int[] rows) {
        long[] blocks = new long[rows.length];
        int length = blockLength(rows);
        for (int i = 0; i < rows.length; i++) {
            blocks[i] = i / length * DAY_MILLIS;
        }
        return blocks;
    }

    private static int blockLength(int[] rows) {
        return Math.max(1, (rows.length + BLOCKS - 1) / BLOCKS);
    }
}
