package io.tributary.core.measure;

import io.tributary.core.Task;
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
    private final double[] labels;
    private final Task task;
    private final double clip;
    private final double quantile;

    /**
     * Two differences with their intervals.
     *
     * @param main in the figure that the task is judged by
     * @param other in the one beside it
     * @param days how many days were drawn from
     */
    public record Difference(Interval main, Interval other, int days) {}

    /**
     * A difference between two scorers.
     *
     * @param figure in what
     * @param difference the first scorer's less the second's, over all events
     * @param low the lower end of its 95 % interval
     * @param high the upper end
     */
    public record Interval(Figure figure, double difference, double low, double high) {}

    /**
     * A bootstrap over some events.
     *
     * @param timesMillis when each happened, epoch milliseconds; days begin at midnight UTC
     * @param labels the label of each
     * @param task whose scores are one number each
     * @param clip scores are kept this far from 0 and 1 for the log loss
     * @param quantile for that task only
     */
    public DayBootstrap(long[] timesMillis, double[] labels, Task task, double clip, double quantile) {
        TreeMap<Long, Integer> numbers = new TreeMap<>();
        for (long time : timesMillis) {
            numbers.putIfAbsent(Math.floorDiv(time, DAY_MILLIS), numbers.size());
        }
        this.day = new int[timesMillis.length];
        for (int i = 0; i < day.length; i++) {
            day[i] = numbers.getOrDefault(Math.floorDiv(timesMillis[i], DAY_MILLIS), 0);
        }
        this.days = numbers.size();
        this.labels = labels;
        this.task = task;
        this.clip = clip;
        this.quantile = quantile;
    }

    /**
     * The first scorer against the second. An event that a scorer of classes did not answer counts as the rarest guess, 0;
     * with numbers only the events that both answered are compared.
     *
     * @return null if fewer than five days were seen, which is too few to draw from
     */
    public @Nullable Difference difference(double[] first, double[] second) {
        if (days < LEAST_DAYS) {
            return null;
        }
        Scorer a = task == Task.BINARY ? new Ranked(first) : new Numbers(first, second);
        Scorer b = task == Task.BINARY ? new Ranked(second) : new Numbers(second, first);
        int[] once = new int[days];
        Arrays.fill(once, 1);
        SplittableRandom random = new SplittableRandom(1);
        double[] mains = new double[DRAWS];
        double[] others = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] times = new int[days];
            for (int i = 0; i < days; i++) {
                times[random.nextInt(days)]++;
            }
            mains[draw] = a.main(times) - b.main(times);
            others[draw] = a.other(times) - b.other(times);
        }
        return new Difference(
                interval(mainFigure(), a.main(once) - b.main(once), mains),
                interval(otherFigure(), a.other(once) - b.other(once), others),
                days);
    }

    private Figure mainFigure() {
        return Figure.of(task).get(0);
    }

    private Figure otherFigure() {
        return task == Task.BINARY ? Figure.AVERAGE_PRECISION : Figure.MAE;
    }

    private static Interval interval(Figure figure, double difference, double[] draws) {
        Arrays.sort(draws);
        int low = DRAWS * 25 / 1000;
        return new Interval(figure, difference, draws[low], draws[DRAWS - 1 - low]);
    }

    /** One scorer's figures over days that were drawn so many times each. */
    private interface Scorer {
        double main(int[] times);

        double other(int[] times);
    }

    /** Sums of errors by day. */
    private final class Numbers implements Scorer {
        private final double[] mainOfDay = new double[days];
        private final double[] absoluteOfDay = new double[days];
        private final int[] sizeOfDay = new int[days];

        Numbers(double[] scores, double[] others) {
            for (int i = 0; i < scores.length; i++) {
                if (Double.isNaN(scores[i]) || Double.isNaN(others[i])) {
                    continue;
                }
                double off = scores[i] - labels[i];
                mainOfDay[day[i]] += task == Task.QUANTILE ? off * (off > 0 ? 1 - quantile : -quantile) : off * off;
                absoluteOfDay[day[i]] += Math.abs(off);
                sizeOfDay[day[i]]++;
            }
        }

        @Override
        public double main(int[] times) {
            double mean = mean(mainOfDay, sizeOfDay, times);
            return task == Task.QUANTILE ? mean : Math.sqrt(mean);
        }

        @Override
        public double other(int[] times) {
            return mean(absoluteOfDay, sizeOfDay, times);
        }
    }

    private static double mean(double[] sumOfDay, int[] sizeOfDay, int[] times) {
        double sum = 0;
        long size = 0;
        for (int d = 0; d < times.length; d++) {
            sum += times[d] * sumOfDay[d];
            size += (long) times[d] * sizeOfDay[d];
        }
        return sum / size;
    }

    /** One scorer's events, sorted once, so that each draw takes a single pass. */
    private final class Ranked implements Scorer {
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
                lossOfDay[day[i]] -= StrictMath.log(labels[i] > 0.5 ? p : 1 - p);
                sizeOfDay[day[i]]++;
            }
        }

        @Override
        public double main(int[] times) {
            return mean(lossOfDay, sizeOfDay, times);
        }

        @Override
        public double other(int[] times) {
            double precisionSum = 0;
            long truePositives = 0;
            long seen = 0;
            for (int from = 0; from < order.length; ) {
                int to = from;
                long tiedPositives = 0;
                while (to < order.length && scores[order[to]] == scores[order[from]]) {
                    int weight = times[day[order[to]]];
                    seen += weight;
                    tiedPositives += labels[order[to]] > 0.5 ? weight : 0;
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
