package io.tributary.core.learn;

/**
 * {@link FixedShare} for losses in a target's own unit: the rate is a constant over the root mean square of the regrets of
 * late, so that a regret of the usual size moves the logarithm of a weight by that constant.
 *
 * <p>State: the mean squared regret, how many lessons there were, then for each member ln w.
 */
final class ScaledShare implements WeightLearner {

    private static final int SHARED = 2;
    private static final double WINDOW = 1000;

    /** One freak regret must not decide for good. */
    private static final double LARGEST_MOVE = 20;

    private final double rate;
    private final double alpha;

    /**
     * A learner.
     *
     * @param rate how far a regret of the usual size moves the logarithm of a weight, above 0
     * @param alpha the share handed out after each step, in (0, 1]
     */
    ScaledShare(double rate, double alpha) {
        this.rate = rate;
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
        state[0] = 0;
        state[1] = 0;
        System.arraycopy(logPrior, 0, state, SHARED, logPrior.length);
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        follow(state, lesson);
        if (!(state[0] > 0)) {
            return;
        }
        double eta = rate / StrictMath.sqrt(state[0]);
        for (int k = 0; k < lesson.members(); k++) {
            state[SHARED + k] += Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, eta * lesson.regret(k)));
        }
        FixedShare.share(state, SHARED, lesson.members(), alpha);
    }

    /** Keeps the mean squared regret: of all lessons at first, then of late. */
    private static void follow(double[] state, Lesson lesson) {
        double squares = 0;
        int awake = 0;
        for (int k = 0; k < lesson.members(); k++) {
            squares += lesson.regret(k) * lesson.regret(k);
            awake += lesson.isAwake(k) ? 1 : 0;
        }
        state[1]++;
        double share = 1 / Math.min(WINDOW, state[1]);
        state[0] = (1 - share) * state[0] + share * squares / Math.max(1, awake);
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        System.arraycopy(state, SHARED, logWeights, 0, logWeights.length);
    }
}
