package io.tributary.app.backtest;

import io.tributary.core.measure.BlockBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How every learner differs from those it is compared with, and how sure that is: a paired bootstrap over days, or over
 * blocks of rows where times are not told or span too few days.
 *
 * @param pairs one a learner and scorer it is compared with; none if there are too few rows
 * @param drawn what was drawn, for people, such as {@code 21 days}
 */
public record Differences(List<Pair> pairs, String drawn) {

    private static final int LEAST_DAYS = 10;
    private static final int BLOCKS = 100;

    /** A learner's figures less another's. */
    public record Pair(String learner, String other, BlockBootstrap.Difference difference) {}

    /** Compares the learners of a result. */
    public static Differences of(BacktestResult result) {
        int[] rows = result.reported().rows();
        int classes = result.plan().classes();
        int[] blocks = days(result, rows);
        int count = count(blocks);
        String drawn = count + " days";
        if (count < LEAST_DAYS) {
            int length = (rows.length + BLOCKS - 1) / BLOCKS;
            blocks = BlockBootstrap.rows(rows.length, length);
            drawn = count(blocks) + " blocks of " + length + " consecutive rows";
        }
        BlockBootstrap bootstrap = new BlockBootstrap(
                blocks,
                chosen(result.recorded().recording().labels(), rows, 1),
                result.plan().task(),
                classes,
                result.plan().fusion().clip(),
                result.plan().learning().loss().quantile());
        List<Pair> pairs = new ArrayList<>();
        for (Scorer learner : result.learners()) {
            for (String other : result.against()) {
                BlockBootstrap.Difference difference = other.equals(learner.name())
                        ? null
                        : bootstrap.difference(
                                chosen(learner.scores(), rows, classes),
                                chosen(result.scorer(other).scores(), rows, classes));
                if (difference != null) {
                    pairs.add(new Pair(learner.name(), other, difference));
                }
            }
        }
        return new Differences(pairs, drawn);
    }

    private static int[] days(BacktestResult result, int[] rows) {
        long[] times = result.recorded().timesMillis();
        return times == null
                ? new int[0]
                : BlockBootstrap.days(
                        Arrays.stream(rows).mapToLong(row -> times[row]).toArray());
    }

    private static int count(int[] blocks) {
        return Arrays.stream(blocks).max().orElse(-1) + 1;
    }

    private static double[] chosen(double[] values, int[] rows, int width) {
        double[] chosen = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, chosen, i * width, width);
        }
        return chosen;
    }
}
