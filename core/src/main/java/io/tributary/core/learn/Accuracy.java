package io.tributary.core.learn;

/**
 * Weights by how small and how steady each member's own loss is, as users often do by hand: w ∝ exp(−η(m + λs)/m̄), m
 * the mean and s the standard deviation of its loss, both fading over a window of labels, m̄ the mean of m over the
 * members, which makes η free of the loss's unit (after the accuracy-updated ensemble of Brzezinski and Stefanowski 2014).
 *
 * <p>State: for each member the sum of fading counts, of its losses, and of their squares.
 */
final class Accuracy implements WeightLearner {

    private static final int FIELDS = 3;
    private static final int SUM = 1;
    private static final int SQUARES = 2;

    private final double keep;
    private final double eta;
    private final double lambda;

    /**
     * A learner.
     *
     * @param window after how many of its labels a loss has faded to 1/e, at least 1
     * @param eta above 0
     * @param lambda how much unsteadiness costs, at least 0
     */
    Accuracy(double window, double eta, double lambda) {
        this.keep = 1 - 1 / window;
        this.eta = eta;
        this.lambda = lambda;
    }

    @Override
    public int fields() {
        return FIELDS;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        java.util.Arrays.fill(state, 0);
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        for (int k = 0; k < lesson.members(); k++) {
            if (lesson.isAwake(k)) {
                int at = FIELDS * k;
                double loss = Math.min(lesson.loss(k), Lesson.LARGEST);
                state[at] = keep * state[at] + 1;
                state[at + SUM] = keep * state[at + SUM] + loss;
                state[at + SQUARES] = keep * state[at + SQUARES] + loss * loss;
            }
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        double sum = 0;
        int known = 0;
        for (int k = 0; k < logWeights.length; k++) {
            sum += state[FIELDS * k] > 0 ? state[FIELDS * k + SUM] / state[FIELDS * k] : 0;
            known += state[FIELDS * k] > 0 ? 1 : 0;
        }
        double scale = sum / known;
        for (int k = 0; k < logWeights.length; k++) {
            // Whoever has not answered yet counts as the mean.
            logWeights[k] = state[FIELDS * k] > 0 && scale > 0 ? -eta * cost(state, FIELDS * k) / scale : -eta;
        }
        if (!(scale > 0)) {
            java.util.Arrays.fill(logWeights, 0);
        }
    }

    private double cost(double[] state, int at) {
        double mean = state[at + SUM] / state[at];
        double variance = Math.max(0, state[at + SQUARES] / state[at] - mean * mean);
        return mean + lambda * StrictMath.sqrt(variance);
    }
}
