package io.tributary.core.measure;

import io.tributary.core.Task;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The scores of one scorer beside the labels, kept whole so that every figure is exact. For tools and tests; the planes
 * use histograms instead.
 */
public final class ScoredLabels {

    private final Measure measure;
    private final boolean ranked;
    private double[] scores = new double[1024];
    private boolean[] positive = new boolean[1024];
    private int size;
    private int labelled;

    /** For a binary task with a threshold of one half. */
    public ScoredLabels(double clip) {
        this(Task.BINARY, clip, 0.5, Double.NaN);
    }

    /**
     * Holds nothing yet.
     *
     * @param task whose scores are one number each
     * @param clip scores are kept this far from 0 and 1 for the log loss
     * @param threshold the score from which on an event is held to be positive
     * @param quantile for that task only
     */
    public ScoredLabels(Task task, double clip, double threshold, double quantile) {
        this.measure = Measure.of(task, clip, threshold, quantile);
        this.ranked = task == Task.BINARY;
    }

    /** Adds an event; a NaN score counts as not answered. */
    public void add(double score, double label) {
        labelled++;
        measure.observe(score, label, 1);
        if (Double.isNaN(score) || !ranked) {
            return;
        }
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, 2 * size);
            positive = Arrays.copyOf(positive, 2 * size);
        }
        scores[size] = score;
        positive[size++] = label > 0.5;
    }

    /** The exact figures. Tied scores count as one step of the curves. */
    public Figures figures(String scorer) {
        Figures figures = measure.figures(scorer, labelled);
        if (!ranked) {
            return figures;
        }
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.putAll(figures.values());
        rank(values);
        return new Figures(scorer, figures.count(), figures.answered(), values, figures.calibration());
    }

    /** Average precision and AUC, by sorting once. */
    private void rank(Map<Figure, Double> values) {
        values.remove(Figure.AVERAGE_PRECISION);
        values.remove(Figure.AUC);
        long positives = IntStream.range(0, size).filter(i -> positive[i]).count();
        long negatives = size - positives;
        if (positives == 0 || negatives == 0) {
            return;
        }
        int[] order = descending();
        double precisionSum = 0;
        double rankSum = 0;
        long truePositives = 0;
        for (int from = 0; from < size; ) {
            int to = from;
            long tiedPositives = 0;
            while (to < size && scores[order[to]] == scores[order[from]]) {
                tiedPositives += positive[order[to++]] ? 1 : 0;
            }
            rankSum += (to - from - tiedPositives) * (truePositives + tiedPositives / 2.0);
            truePositives += tiedPositives;
            precisionSum += tiedPositives * ((double) truePositives / to);
            from = to;
        }
        values.put(Figure.AVERAGE_PRECISION, precisionSum / positives);
        values.put(Figure.AUC, rankSum / ((double) positives * negatives));
    }

    private int[] descending() {
        return IntStream.range(0, size)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .mapToInt(i -> i)
                .toArray();
    }

    /**
     * The precision-recall curve: one point a threshold, at most {@code most} of them.
     *
     * @return recall and precision, point after point, recall rising; empty if there are no positives
     */
    public List<double[]> precisionRecall(int most) {
        int[] order = descending();
        long positives = IntStream.range(0, size).filter(i -> positive[i]).count();
        List<double[]> points = new java.util.ArrayList<>();
        long truePositives = 0;
        double lastRecall = -1;
        for (int i = 0; i < size && positives > 0; i++) {
            truePositives += positive[order[i]] ? 1 : 0;
            boolean isStep = i + 1 == size || scores[order[i + 1]] != scores[order[i]];
            double recall = (double) truePositives / positives;
            if (isStep && (recall - lastRecall >= 1.0 / most || i + 1 == size)) {
                points.add(new double[] {recall, (double) truePositives / (i + 1)});
                lastRecall = recall;
            }
        }
        return points;
    }
}
