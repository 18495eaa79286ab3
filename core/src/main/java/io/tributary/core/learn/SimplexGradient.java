package io.tributary.core.learn;

/**
 * Online gradient descent (Zinkevich 2003) on the weights themselves: a step of t^−α/max‖g‖ down the gradient, then the
 * nearest point of the simplex (Duchi et al. 2008). A member that did not answer has the gradient 0.
 *
 * <p>State: t, max‖g‖, then for each member its weight.
 */
final class SimplexGradient implements WeightLearner {

    private static final int STEPS = 0;
    private static final int BOUND = 1;
    private static final int SHARED = 2;

    private final double alpha;

    /**
     * A learner.
     *
     * @param alpha how fast steps shrink, in [0, 1]
     */
    SimplexGradient(double alpha) {
        this.alpha = alpha;
    }

    @Override
    public int shared() {
        return SHARED;
    }

    @Override
    public int fields() {
        return 1;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        state[STEPS] = 0;
        state[BOUND] = 0;
        for (int k = 0; k < logPrior.length; k++) {
            state[SHARED + k] = StrictMath.exp(logPrior[k]);
        }
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        int members = lesson.members();
        double squares = 0;
        for (int k = 0; k < members; k++) {
            squares += lesson.gradient(k) * lesson.gradient(k);
        }
        state[STEPS]++;
        state[BOUND] = Math.max(state[BOUND], StrictMath.sqrt(squares));
        if (!(squares > 0) || state[BOUND] > Double.MAX_VALUE) {
            return;
        }
        // StrictMath.pow would allocate.
        double step = StrictMath.exp(-alpha * StrictMath.log(state[STEPS])) / state[BOUND];
        for (int k = 0; k < members; k++) {
            state[SHARED + k] -= step * lesson.gradient(k);
        }
        project(state, members);
    }

    /** The threshold θ for which Σ max(w − θ, 0) = 1, found by leaving out the lowest weights until none is below it. */
    private static void project(double[] state, int members) {
        double floor = Double.NEGATIVE_INFINITY;
        while (true) {
            double sum = 0;
            int above = 0;
            for (int k = 0; k < members; k++) {
                double weight = state[SHARED + k];
                sum += weight > floor ? weight : 0;
                above += weight > floor ? 1 : 0;
            }
            double threshold = (sum - 1) / above;
            boolean allAbove = true;
            for (int k = 0; k < members; k++) {
                double weight = state[SHARED + k];
                allAbove &= !(weight > floor) || weight > threshold;
            }
            if (allAbove) {
                for (int k = 0; k < members; k++) {
                    state[SHARED + k] = Math.max(0, state[SHARED + k] - threshold);
                }
                return;
            }
            floor = Math.max(floor, threshold);
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = StrictMath.log(state[SHARED + k]);
        }
    }
}
