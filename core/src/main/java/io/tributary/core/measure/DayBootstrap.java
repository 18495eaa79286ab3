package io.tributary.core.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How sure a difference between two scorers of the same events is: a paired bootstrap that draws whole days with
 * replacement, since events of one day are alike (Efron and Tibshirani 1993, chapter 8). Deterministic.
 */
public final class DayBootstrap {

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final int DRAWS = 1000;
    private static final int LEAST_DAYS = 5;

    private final int[] day;
    private final int days;
    private final boolean[] positive;
    private final double clip;

    /**
     * A difference with its interval.
     *
     * @param logLoss the first scorer's log loss less the second's, over all events
     * @param logLossLow the lower end of its 95 % interval
     * @param logLossHigh the upper end
     * @param averagePrecision the first scorer's average precision less the second's, over all events
     * @param averagePrecisionLow the lower end of its 95 % interval
     * @param averagePrecisionHigh the upper end
     * @param days how many days were drawn from
     */
    public record Difference(
            double logLoss,
            double logLossLow,
            double logLossHigh,
            double averagePrecision,
            double averagePrecisionLow,
            double averagePrecisionHigh,
            int days) {}

    /**
     * A bootstrap over some events.
     *
     * @param timesMillis when each happened, epoch milliseconds; days begin at midnight UTC
     * @param positive the class of each
     * @param clip scores are kept this far from 0 and 1 for the log loss
     */
    public DayBootstrap(long[] timesMillis, boolean[] positive, double clip) {
        TreeMap<Long, Integer> numbers = new TreeMap<>();
        for (long time : timesMillis) {
            numbers.putIfAbsent(Math.floorDiv(time, DAY_MILLIS), numbers.size());
        }
        this.day = new int[timesMillis.length];
        for (int i = 0; i < day.length; i++) {
            day[i] = numbers.getOrDefault(Math.floorDiv(timesMillis[i], DAY_MILLIS), 0);
        }
        this.days = numbers.size();
        this.positive = positive;
        this.clip = clip;
    }

    /**
     * The first scorer against the second. An event that a scorer did not answer counts as the rarest guess, 0.
     *
     * @return null if fewer than five days were seen, which is too few to draw from
     */
    public @Nullable Difference difference(double[] first, double[] second) {
        if (days < LEAST_DAYS) {
            return null;
        }
        Ranked a = new Ranked(first);
        Ranked b = new Ranked(second);
        int[] once = new int[days];
        Arrays.fill(once, 1);
        SplittableRandom random = new SplittableRandom(1);
        double[] logLosses = new double[DRAWS];
        double[] precisions = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] times = new int[days];
            for (int i = 0; i < days; i++) {
                times[random.nextInt(days)]++;
            }
            logLosses[draw] = a.logLoss(times) - b.logLoss(times);
            precisions[draw] = a.averagePrecision(times) - b.averagePrecision(times);
        }
        Arrays.sort(logLosses);
        Arrays.sort(precisions);
        int low = DRAWS * 25 / 1000;
        int high = DRAWS - 1 - low;
        return new Difference(
                a.logLoss(once) - b.logLoss(once),
                logLosses[low],
                logLosses[high],
                a.averagePrecision(once) - b.averagePrecision(once),
                precisions[low],
                precisions[high],
                days);
    }

    /** One scorer's events, sorted once, so that each draw takes a single pass. */
    private final class Ranked {
        private final double[] scores;
        private final int[] order;
        private final double[] lossOfDay = new double[days];
        private final int[] sizeOfDay = new int[days];

        Ranked(double[] raw) {
            scores = Arrays.stream(raw)
                    .map(score -> Double.isNaN(score) ? 0 : score)
                    .toArray();
            order = IntStream.range(0, raw.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -scores[i]))
                    .mapToInt(i -> i)
                    .toArray();
            for (int i = 0; i < scores.length; i++) {
                double p = Math.min(1 - clip, Math.max(clip, scores[i]));
                lossOfDay[day[i]] -= StrictMath.log(positive[i] ? p : 1 - p);
                sizeOfDay[day[i]]++;
            }
        }

        double logLoss(int[] times) {
            double loss = 0;
            long size = 0;
            for (int d = 0; d < days; d++) {
                loss += times[d] * lossOfDay[d];
                size += (long) times[d] * sizeOfDay[d];
            }
            return loss / size;
        }

        double averagePrecision(int[] times) {
            double precisionSum = 0;
            long truePositives = 0;
            long seen = 0;
            for (int from = 0; from < order.length; ) {
                int to = from;
                long tiedPositives = 0;
                while (to < order.length && scores[order[to]] == scores[order[from]]) {
                    int weight = times[day[order[to]]];
                    seen += weight;
                    tiedPositives += positive[order[to]] ? weight : 0;
                    to++;
                }
                truePositives += tiedPositives;
                precisionSum += tiedPositives == 0 ? 0 : tiedPositives * ((double) truePositives / seen);
                from = to;
            }
            return truePositives == 0 ? 0 : precisionSum / truePositives;
        }
    }
}
