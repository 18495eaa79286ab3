package io.tributary.core.measure;

import io.tributary.core.Labels;
import io.tributary.core.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How sure a difference between two scorers of the same events is: a paired bootstrap that draws whole blocks of events
 * with replacement, such as blocks, since events near each other are alike (Efron and Tibshirani 1993, chapter 8; Künsch
 * 1989). Deterministic.
 */
public final class BlockBootstrap {

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final int DRAWS = 1000;
    private static final int LEAST_BLOCKS = 5;

    private final int[] block;
    private final int blocks;
    private final double[] labels;
    private final Task task;
    private final int classes;
    private final double clip;
    private final double quantile;

    /**
     * Two differences with their intervals.
     *
     * @param main in the figure that the task is judged by
     * @param other in the one beside it
     * @param blocks how many blocks were drawn from
     */
    public record Difference(Interval main, Interval other, int blocks) {}

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
     * @param blocks the number of the block that each event is in, from 0 without gaps
     * @param labels the label of each
     * @param classes how many numbers a score is: the number of classes if there are several, else 1
     * @param clip scores are kept this far from 0 and 1 for the log loss
     * @param quantile for that task only
     */
    public BlockBootstrap(int[] blocks, double[] labels, Task task, int classes, double clip, double quantile) {
        this.block = blocks;
        this.blocks = Arrays.stream(blocks).max().orElse(-1) + 1;
        this.labels = labels;
        this.task = task;
        this.classes = classes;
        this.clip = clip;
        this.quantile = quantile;
    }

    /**
     * The day that each event is in, as a block; days begin at midnight UTC.
     *
     * @param timesMillis when each event happened, epoch milliseconds
     */
    public static int[] days(long[] timesMillis) {
        TreeMap<Long, Integer> numbers = new TreeMap<>();
        int[] days = new int[timesMillis.length];
        for (int i = 0; i < days.length; i++) {
            long day = Math.floorDiv(timesMillis[i], DAY_MILLIS);
            Integer known = numbers.get(day);
            days[i] = known == null ? numbers.size() : known;
            numbers.putIfAbsent(day, days[i]);
        }
        return days;
    }

    /**
     * Blocks of consecutive events, for events without times.
     *
     * @param events how many there are
     * @param length how many a block has, from 1; the last one may have fewer
     */
    public static int[] rows(int events, int length) {
        int[] blocks = new int[events];
        Arrays.setAll(blocks, i -> i / length);
        return blocks;
    }

    /**
     * The first scorer against the second, over the events that both answered.
     *
     * @param first its scores, {@code classes} numbers an event
     * @param second the other's
     * @return null if there are fewer than five blocks, which is too few to draw from
     */
    public @Nullable Difference difference(double[] first, double[] second) {
        if (blocks < LEAST_BLOCKS) {
            return null;
        }
        Scorer a = scorer(first, second);
        Scorer b = scorer(second, first);
        int[] once = new int[blocks];
        Arrays.fill(once, 1);
        SplittableRandom random = new SplittableRandom(1);
        double[] mains = new double[DRAWS];
        double[] others = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] times = new int[blocks];
            for (int i = 0; i < blocks; i++) {
                times[random.nextInt(blocks)]++;
            }
            mains[draw] = a.main(times) - b.main(times);
            others[draw] = a.other(times) - b.other(times);
        }
        return new Difference(
                interval(mainFigure(), a.main(once) - b.main(once), mains),
                interval(otherFigure(), a.other(once) - b.other(once), others),
                blocks);
    }

    private Scorer scorer(double[] scores, double[] others) {
        return task == Task.BINARY ? new Ranked(scores, others) : new Sums(scores, others);
    }

    private Figure mainFigure() {
        return Figure.of(task).get(0);
    }

    private Figure otherFigure() {
        return switch (task) {
            case BINARY -> Figure.AVERAGE_PRECISION;
            case MULTICLASS -> Figure.ACCURACY;
            case REGRESSION, QUANTILE -> Figure.MAE;
        };
    }

    private static Interval interval(Figure figure, double difference, double[] draws) {
        Arrays.sort(draws);
        int low = DRAWS * 25 / 1000;
        return new Interval(figure, difference, draws[low], draws[DRAWS - 1 - low]);
    }

    /** One scorer's figures over blocks that were drawn so many times each. */
    private interface Scorer {
        double main(int[] times);

        double other(int[] times);
    }

    /** Figures that are sums over events, by block. */
    private final class Sums implements Scorer {
        private final double[] mainOfBlock = new double[blocks];
        private final double[] otherOfBlock = new double[blocks];
        private final int[] sizeOfBlock = new int[blocks];

        Sums(double[] scores, double[] others) {
            for (int i = 0; i < labels.length; i++) {
                int at = i * classes;
                if (!Double.isNaN(scores[at]) && !Double.isNaN(others[at])) {
                    add(block[i], scores, at, labels[i]);
                    sizeOfBlock[block[i]]++;
                }
            }
        }

        private void add(int to, double[] scores, int at, double label) {
            if (task == Task.MULTICLASS) {
                double p = Math.min(1 - clip, Math.max(clip, scores[at + (int) label]));
                mainOfBlock[to] -= StrictMath.log(p);
                otherOfBlock[to] += Labels.likeliest(scores, at, classes) == (int) label ? 1 : 0;
                return;
            }
            double off = scores[at] - label;
            mainOfBlock[to] += task == Task.QUANTILE ? off * (off > 0 ? 1 - quantile : -quantile) : off * off;
            otherOfBlock[to] += Math.abs(off);
        }

        @Override
        public double main(int[] times) {
            double mean = mean(mainOfBlock, sizeOfBlock, times);
            return task == Task.REGRESSION ? Math.sqrt(mean) : mean;
        }

        @Override
        public double other(int[] times) {
            return mean(otherOfBlock, sizeOfBlock, times);
        }
    }

    private static double mean(double[] sumOfBlock, int[] sizeOfBlock, int[] times) {
        double sum = 0;
        long size = 0;
        for (int b = 0; b < times.length; b++) {
            sum += times[b] * sumOfBlock[b];
            size += (long) times[b] * sizeOfBlock[b];
        }
        return sum / size;
    }

    /** One scorer's events, sorted once, so that each draw takes a single pass. */
    private final class Ranked implements Scorer {
        private final double[] scores;
        private final int[] order;
        private final double[] lossOfBlock = new double[blocks];
        private final int[] sizeOfBlock = new int[blocks];

        Ranked(double[] scores, double[] others) {
            this.scores = scores;
            this.order = IntStream.range(0, scores.length)
                    .filter(i -> !Double.isNaN(scores[i]) && !Double.isNaN(others[i]))
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -scores[i]))
                    .mapToInt(i -> i)
                    .toArray();
            for (int i : order) {
                double p = Math.min(1 - clip, Math.max(clip, scores[i]));
                lossOfBlock[block[i]] -= StrictMath.log(labels[i] > 0.5 ? p : 1 - p);
                sizeOfBlock[block[i]]++;
            }
        }

        @Override
        public double main(int[] times) {
            return mean(lossOfBlock, sizeOfBlock, times);
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
                    int weight = times[block[order[to]]];
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
