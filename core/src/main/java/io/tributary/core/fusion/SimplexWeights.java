package io.tributary.core.fusion;

import java.util.Arrays;

/** Weights that sum to 1, given by their logarithms, and renormalised over the members that answered. */
final class SimplexWeights implements MemberWeights {

    /** Below this sum the plain weights of the members present have lost digits, and the logarithms take over. */
    private static final double FAINT = 1e-280;

    private final int classes;
    private final double[] logWeights;
    private final double[] weights;
    private final double[] effective;
    private boolean isOfAll;

    SimplexWeights(int members, int classes) {
        this.classes = classes;
        this.logWeights = new double[members];
        this.weights = new double[members];
        this.effective = new double[members];
    }

    @Override
    public void use(double[] parameters) {
        System.arraycopy(parameters, 0, logWeights, 0, logWeights.length);
        Arrays.fill(effective, 0);
        normalise(effective, 1, weights);
        isOfAll = false;
    }

    @Override
    public boolean weigh(double[] scores, boolean all) {
        if (all && isOfAll) {
            return true;
        }
        isOfAll = all;
        double sum = 0;
        boolean any = false;
        for (int k = 0; k < weights.length; k++) {
            boolean answered = !Double.isNaN(scores[k * classes]);
            sum += answered ? weights[k] : 0;
            any |= answered;
        }
        if (sum < FAINT) {
            normalise(scores, classes, effective);
            return any;
        }
        for (int k = 0; k < weights.length; k++) {
            effective[k] = Double.isNaN(scores[k * classes]) ? 0 : weights[k] / sum;
        }
        return any;
    }

    @Override
    public double[] effective() {
        return effective;
    }

    @Override
    public double[] all() {
        return weights;
    }

    /** The softmax of the logarithms over the members whose score is not NaN; equal weights if all of those are −∞. */
    private void normalise(double[] scores, int stride, double[] into) {
        double max = Double.NEGATIVE_INFINITY;
        int present = 0;
        for (int k = 0; k < logWeights.length; k++) {
            if (!Double.isNaN(scores[k * stride])) {
                max = Math.max(max, logWeights[k]);
                present++;
            }
        }
        double sum = 0;
        for (int k = 0; k < logWeights.length; k++) {
            boolean answered = !Double.isNaN(scores[k * stride]);
            into[k] = !answered
                    ? 0
                    : max == Double.NEGATIVE_INFINITY ? 1.0 / present : StrictMath.exp(logWeights[k] - max);
            sum += into[k];
        }
        for (int k = 0; k < logWeights.length && sum > 0; k++) {
            into[k] /= sum;
        }
    }
}
