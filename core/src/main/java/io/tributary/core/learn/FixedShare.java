package io.tributary.core.learn;

/**
 * {@link Hedge} that hands a share of all weight out evenly after each step, so that no member is ever too far behind to
 * come back (Herbster and Warmuth 1998): v ∝ w·exp(ηr), then w = α/K + (1 − α)v, over all members, asleep or awake.
 *
 * <p>State: for each member ln w.
 */
final class FixedShare implements WeightLearner {

    private final double eta;
    private final double alpha;

    /**
     * A learner.
     *
     * @param eta above 0
     * @param alpha in [0, 1]
     */
    FixedShare(double eta, double alpha) {
        this.eta = eta;
        this.alpha = alpha;
    }

    @Override
    public int fields() {
        return 1;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        System.arraycopy(logPrior, 0, state, 0, logPrior.length);
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        for (int k = 0; k < lesson.members(); k++) {
            state[k] += eta * lesson.regret(k);
        }
        share(state, 0, lesson.members(), alpha);
    }

    /** Normalises logarithms of weights that stand from some index on, and hands out a share of all weight evenly. */
    static void share(double[] state, int from, int members, double alpha) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = from; k < from + members; k++) {
            max = Math.max(max, state[k]);
        }
        double sum = 0;
        for (int k = from; k < from + members; k++) {
            sum += StrictMath.exp(state[k] - max);
        }
        double logSum = max + StrictMath.log(sum);
        for (int k = from; k < from + members; k++) {
            double log = state[k] - logSum;
            // Without a share the logarithm may lie far below that of the smallest double.
            state[k] = alpha == 0 ? log : StrictMath.log(alpha / members + (1 - alpha) * StrictMath.exp(log));
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        System.arraycopy(state, 0, logWeights, 0, logWeights.length);
    }
}
