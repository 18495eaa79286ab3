package io.tributary.core.fusion;

/** The weighted mean on a link's scale, plus a bias. */
final class LinearPool implements Pool {

    private static final int ABREAST = 5;

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
        sum(scores, places, weights, fused);
        link.inverse(fused);
        if (link == Link.IDENTITY && classes == 1 && bias[0] == 0) {
            // Weights that sum to 1 + 2^-52 would push equal scores past what they are.
            fused[0] = Math.min(highest(scores), Math.max(lowest(scores), fused[0]));
        }
    }

    /** Some classes at a time, whose sums do not wait for each other; each runs in the members' order. */
    private void sum(double[] scores, double[] places, double[] weights, double[] fused) {
        int c = 0;
        for (; c + ABREAST <= classes; c += ABREAST) {
            sumAbreast(scores, places, weights, fused, c);
        }
        for (; c < classes; c++) {
            double sum = 0;
            for (int k = 0, from = 0; k < weights.length; k++, from += classes) {
                sum += Double.isNaN(scores[from]) ? 0 : weights[k] * places[from + c];
            }
            fused[c] = sum + bias[c];
        }
    }

    private void sumAbreast(double[] scores, double[] places, double[] weights, double[] fused, int c) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        double fifth = 0;
        for (int k = 0, from = 0; k < weights.length; k++, from += classes) {
            if (!Double.isNaN(scores[from])) {
                double weight = weights[k];
                first += weight * places[from + c];
                second += weight * places[from + c + 1];
                third += weight * places[from + c + 2];
                fourth += weight * places[from + c + 3];
                fifth += weight * places[from + c + 4];
            }
        }
        fused[c] = first + bias[c];
        fused[c + 1] = second + bias[c + 1];
        fused[c + 2] = third + bias[c + 2];
        fused[c + 3] = fourth + bias[c + 3];
        fused[c + 4] = fifth + bias[c + 4];
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
