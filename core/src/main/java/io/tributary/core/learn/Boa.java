package io.tributary.core.learn;

/**
 * Bernstein Online Aggregation (Wintenberger 2017), with a rate for each member that it finds itself, so there is
 * nothing to tune: B = max(B, |r|), B₂ = 2^⌈log₂B⌉ but at least 2^−20, V += r², η = min(1/B₂, √(ln(1/w₀)/V)),
 * R += ½(r − ηr² + B₂·[ηr > ½]) and w ∝ η·w₀·exp(ηR). A single member always has all the weight.
 *
 * <p>A member without any regret so far has the rate 2^20, and so nearly all the weight: {@link WeightFold} sees to it
 * that a member which has not answered yet gets a fair share instead.
 *
 * <p>State: for each member ln w₀, R, V, B and η.
 */
final class Boa implements WeightLearner {

    private static final int FIELDS = 5;
    private static final int REGRET = 1;
    private static final int SQUARES = 2;
    private static final int BOUND = 3;
    private static final int ETA = 4;

    /** Smaller bounds count as this one, which keeps rates finite; regrets of probabilities are far above it. */
    private static final double SMALLEST_BOUND = 0x1p-20;

    @Override
    public int fields() {
        return FIELDS;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        for (int k = 0; k < logPrior.length; k++) {
            state[FIELDS * k] = logPrior[k];
            state[FIELDS * k + REGRET] = 0;
            state[FIELDS * k + SQUARES] = 0;
            state[FIELDS * k + BOUND] = 0;
            state[FIELDS * k + ETA] = 1 / SMALLEST_BOUND;
        }
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        // ln(1/w₀) of a single member is 0, which would make its rate 0 and its weight 0/0.
        if (lesson.members() == 1) {
            return;
        }
        for (int k = 0; k < lesson.members(); k++) {
            double r = lesson.regret(k);
            if (r == 0) {
                continue;
            }
            int at = FIELDS * k;
            double bound = Math.max(state[at + BOUND], Math.abs(r));
            double squares = state[at + SQUARES] + r * r;
            double powerOfTwo = powerOfTwoFrom(Math.max(bound, SMALLEST_BOUND));
            double eta = Math.min(1 / powerOfTwo, StrictMath.sqrt(-state[at] / squares));
            state[at + BOUND] = bound;
            state[at + SQUARES] = squares;
            state[at + ETA] = eta;
            state[at + REGRET] += 0.5 * (r - eta * r * r + (eta * r > 0.5 ? powerOfTwo : 0));
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        for (int k = 0; k < logWeights.length; k++) {
            int at = FIELDS * k;
            logWeights[k] = StrictMath.log(state[at + ETA]) + state[at] + state[at + ETA] * state[at + REGRET];
        }
    }

    /** The smallest power of two that is not below the given positive number. */
    private static double powerOfTwoFrom(double x) {
        int exponent = Math.getExponent(x);
        double floor = Math.scalb(1.0, exponent);
        return floor == x ? floor : Math.scalb(1.0, exponent + 1);
    }
}
