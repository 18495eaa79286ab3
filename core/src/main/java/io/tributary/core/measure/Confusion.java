package io.tributary.core.measure;

import java.util.Map;

/**
 * Decisions beside labels.
 *
 * @param truePositives positives held to be so
 * @param falsePositives negatives held to be positive
 * @param falseNegatives positives held to be negative
 * @param trueNegatives negatives held to be so
 */
record Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

    double accuracy() {
        return Measure.ratio(
                truePositives + trueNegatives, truePositives + falsePositives + falseNegatives + trueNegatives);
    }

    /** Adds accuracy, precision, recall and F1; precision is NaN if nothing was held to be positive. */
    void into(Map<Figure, Double> values) {
        values.put(Figure.ACCURACY, accuracy());
        values.put(Figure.PRECISION, Measure.ratio(truePositives, truePositives + falsePositives));
        values.put(Figure.RECALL, Measure.ratio(truePositives, truePositives + falseNegatives));
        values.put(
                Figure.F1, Measure.ratio(2.0 * truePositives, 2.0 * truePositives + falsePositives + falseNegatives));
    }
}
