package io.tributary.core.fusion;

import io.tributary.core.Labels;
import java.util.Arrays;

/** The weighted share of the members that hold each class to be the likeliest. */
final class VotePool implements Pool {

    private static final double HALF = 0.5;

    private final int classes;

    VotePool(int classes) {
        this.classes = classes;
    }

    @Override
    public void pool(double[] scores, double[] places, double[] weights, double[] fused) {
        Arrays.fill(fused, 0);
        for (int k = 0; k < weights.length; k++) {
            int from = k * classes;
            if (Double.isNaN(scores[from])) {
                continue;
            }
            if (classes == 1) {
                fused[0] += scores[from] >= HALF ? weights[k] : 0;
            } else {
                fused[Labels.likeliest(scores, from, classes)] += weights[k];
            }
        }
        for (int c = 0; c < classes; c++) {
            fused[c] = Math.min(1, fused[c]);
        }
    }
}
