package io.tributary.core.fusion;

import java.util.Arrays;

/** The weighted mean on a link's scale, plus a bias. */
final class LinearPool implements Pool {

    private final Link link;
    private final int classes;
    private final double[] bias;

    /** Sums on the given link's scale. */
    LinearPool(Link link, int classes, double[] bias) {
        this.link = link;
        this.classes = classes;
        this.bias = bias;
    }

    @Override
    public void pool(double[] scores, double[] places, double[] weights, double[] fused) {
        if (classes == 1) {
            sum(scores, places, weights, fused);
        } else {
            sumClasses(scores, places, weights, fused);
        }
        link.inverse(fused);
        if (link == Link.IDENTITY && classes == 1 && bias[0] == 0) {
            // Weights that sum to 1 + 2^-52 would push equal scores past what they are.
            fused[0] = Math.min(highest(scores), Math.max(lowest(scores), fused[0]));
        }
    }

    private void sum(double[] scores, double[] places, double[] weights, double[] fused) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += Double.isNaN(scores[k]) ? 0 : weights[k] * places[k];
        }
        fused[0] = sum + bias[0];
    }

    private void sumClasses(double[] scores, double[] places, double[] weights, double[] fused) {
        Arrays.fill(fused, 0);
        for (int k = 0; k < weights.length; k++) {
            int from = k * classes;
            double weight = weights[k];
            for (int c = 0; c < classes && !Double.isNaN(scores[from]); c++) {
                fused[c] += weight * places[from + c];
            }
        }
        for (int c = 0; c < classes; c++) {
            fused[c] += bias[c];
        }
    }

    private static double highest(double[] scores) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            highest = score > highest ? score : highest;
        }
        return highest;
    }

    private static double lowest(double[] scores) {
        double lowest = Double.POSITIVE_INFINITY;
        for (double score : scores) {
            lowest = score < lowest ? score : lowest;
        }
        return lowest;
    }
}
