package io.tributary.core.learn;

/**
 * {@link Hedge} with a rate for each member that follows its regrets (Gaillard, Stoltz and van Erven 2014):
 * η = √(ln K/Σr²) and w ∝ w₀·exp(ηR).
 *
 * <p>State: for each member ln w₀, R and Σr².
 */
final class MlEwa implements WeightLearner {

    private static final int FIELDS = 3;
    private static final int REGRET = 1;
    private static final int SQUARES = 2;

    @Override
    public int fields() {
        return FIELDS;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        for (int k = 0; k < logPrior.length; k++) {
            int at = FIELDS * k;
            state[at] = logPrior[k];
            state[at + REGRET] = 0;
            state[at + SQUARES] = 0;
        }
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        for (int k = 0; k < lesson.members(); k++) {
            int at = FIELDS * k;
            double r = lesson.regret(k);
            state[at + REGRET] += r;
            state[at + SQUARES] += r * r;
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        double logMembers = StrictMath.log(logWeights.length);
        for (int k = 0; k < logWeights.length; k++) {
            int at = FIELDS * k;
            double squares = state[at + SQUARES];
            logWeights[k] = state[at] + (squares == 0 ? 0 : StrictMath.sqrt(logMembers / squares) * state[at + REGRET]);
        }
    }
}
