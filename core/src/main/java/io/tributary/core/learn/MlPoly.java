package io.tributary.core.learn;

/**
 * Polynomially weighted average with a rate for each member (Gaillard, Stoltz and van Erven 2014): R += r,
 * B = max r² over all members and steps, 1/η += r² + ΔB and w ∝ η·max(R, 0). While no member has a positive regret, all
 * weigh as at the start.
 *
 * <p>State: B, then for each member ln w₀, R and 1/η, which is 0 before the first regret.
 */
final class MlPoly implements WeightLearner {

    private static final int FIELDS = 3;
    private static final int REGRET = 1;
    private static final int INVERSE_RATE = 2;

    @Override
    public int shared() {
        return 1;
    }

    @Override
    public int fields() {
        return FIELDS;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        state[0] = 0;
        for (int k = 0; k < logPrior.length; k++) {
            int at = 1 + FIELDS * k;
            state[at] = logPrior[k];
            state[at + REGRET] = 0;
            state[at + INVERSE_RATE] = 0;
        }
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        double bound = state[0];
        for (int k = 0; k < lesson.members(); k++) {
            bound = Math.max(bound, lesson.regret(k) * lesson.regret(k));
        }
        double growth = bound - state[0];
        state[0] = bound;
        for (int k = 0; k < lesson.members(); k++) {
            int at = 1 + FIELDS * k;
            double r = lesson.regret(k);
            state[at + REGRET] += r;
            state[at + INVERSE_RATE] += r * r + growth;
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        boolean anyAhead = false;
        for (int k = 0; k < logWeights.length; k++) {
            anyAhead |= state[1 + FIELDS * k + REGRET] > 0;
        }
        for (int k = 0; k < logWeights.length; k++) {
            int at = 1 + FIELDS * k;
            double regret = state[at + REGRET];
            // A positive regret has a positive 1/η.
            logWeights[k] = !anyAhead
                    ? state[at]
                    : regret > 0 ? StrictMath.log(regret / state[at + INVERSE_RATE]) : Double.NEGATIVE_INFINITY;
        }
    }
}
