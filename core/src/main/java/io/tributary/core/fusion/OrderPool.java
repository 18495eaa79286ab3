package io.tributary.core.fusion;

/**
 * The weighted mean of the middle of the sorted scores: without a share of the weight at either end, which at one half
 * leaves the weighted median.
 */
final class OrderPool implements Pool {

    private static final double HALF = 0.5;

    private final double trim;
    private final int[] order;

    /** Leaves out the share {@code trim} of the weight at either end, in [0, 0.5]. */
    OrderPool(double trim, int members) {
        this.trim = trim;
        this.order = new int[members];
    }

    @Override
    public void pool(double[] scores, double[] places, double[] weights, double[] fused) {
        int present = sort(scores);
        fused[0] = trim >= HALF ? median(scores, weights, present) : trimmed(scores, weights, present);
    }

    private double median(double[] scores, double[] weights, int present) {
        double below = 0;
        for (int i = 0; i < present; i++) {
            below += weights[order[i]];
            if (below > HALF) {
                return scores[order[i]];
            }
            if (below == HALF && i + 1 < present) {
                // Half the weight lies on either side: halfway between, without an overflow.
                return HALF * scores[order[i]] + HALF * scores[order[i + 1]];
            }
        }
        return scores[order[present - 1]];
    }

    private double trimmed(double[] scores, double[] weights, int present) {
        double sum = 0;
        double kept = 0;
        double below = 0;
        for (int i = 0; i < present; i++) {
            double weight = weights[order[i]];
            double inside = Math.min(1 - trim, below + weight) - Math.max(trim, below);
            below += weight;
            if (inside > 0) {
                sum += inside * scores[order[i]];
                kept += inside;
            }
        }
        return kept > 0 ? sum / kept : median(scores, weights, present);
    }

    /** Insertion: members are few, and their order changes little from event to event. */
    private int sort(double[] scores) {
        int present = 0;
        for (int k = 0; k < scores.length; k++) {
            if (Double.isNaN(scores[k])) {
                continue;
            }
            int at = present++;
            while (at > 0 && scores[order[at - 1]] > scores[k]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = k;
        }
        return present;
    }
}
