package io.tributary.core.measure;

import java.util.Arrays;

/**
 * The scores of one scorer beside the labels, kept whole so that every figure is exact. For tools and tests; the planes
 * use histograms instead.
 */
public final class ScoredLabels {

    private double[] scores = new double[1024];
    private boolean[] positive = new boolean[1024];
    private int size;
    private int labelled;

    /** Adds an event; a NaN score counts as not answered. */
    public void add(double score, boolean isPositive) {
        labelled++;
        if (Double.isNaN(score)) {
            return;
        }
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, 2 * size);
            positive = Arrays.copyOf(positive, 2 * size);
        }
        scores[size] = score;
        positive[size++] = isPositive;
    }

    /**
     * The exact figures. Tied scores count as one step of the curves.
     *
     * @param scorer the name they are given
     * @param clip scores are kept this far from 0 and 1 for the log loss
     */
    public Figures figures(String scorer, double clip) {
        double logLoss = 0;
        double squares = 0;
        long positives = 0;
        for (int i = 0; i < size; i++) {
            double p = Math.min(1 - clip, Math.max(clip, scores[i]));
            logLoss -= StrictMath.log(positive[i] ? p : 1 - p);
            double difference = scores[i] - (positive[i] ? 1 : 0);
            squares += difference * difference;
            positives += positive[i] ? 1 : 0;
        }
        double[] ranking = ranking(positives);
        return new Figures(
                scorer,
                size,
                labelled == 0 ? Double.NaN : (double) size / labelled,
                size == 0 ? Double.NaN : logLoss / size,
                size == 0 ? Double.NaN : squares / size,
                ranking[0],
                ranking[1]);
    }

    /** Average precision and AUC, by sorting once. */
    private double[] ranking(long positives) {
        long negatives = size - positives;
        if (positives == 0 || negatives == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
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
        return new double[] {precisionSum / positives, rankSum / ((double) positives * negatives)};
    }
}
