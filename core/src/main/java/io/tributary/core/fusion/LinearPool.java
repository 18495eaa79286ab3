package io.tributary.core.fusion;

import java.util.Arrays;

/** The weighted mean on a link's scale, plus a bias; contributions are its terms. */
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
    public void pool(double[] scores, double[] places, double[] weights, double[] fused, double[] contributions) {
        Arrays.fill(fused, 0);
        for (int k = 0; k < weights.length; k++) {
            boolean answered = !Double.isNaN(scores[k * classes]);
            for (int c = 0; c < classes; c++) {
                int at = k * classes + c;
                contributions[at] = answered ? weights[k] * places[at] : 0;
                fused[c] += contributions[at];
            }
        }
        for (int c = 0; c < classes; c++) {
            fused[c] += bias[c];
        }
        link.inverse(fused);
        if (link == Link.IDENTITY && classes == 1 && bias[0] == 0) {
            // Weights that sum to 1 + 2^-52 would push equal scores past what they are.
            fused[0] = Math.min(highest(scores), Math.max(lowest(scores), fused[0]));
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
