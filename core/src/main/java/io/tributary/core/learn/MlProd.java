package io.tributary.core.learn;

/**
 * Multilinear weights with a rate for each member (Gaillard, Stoltz and van Erven 2014):
 * η' = min(1/(2 max|r|), √(ln K/(1 + Σr²))), L = (η'/η)·L + ln(1 + η'r) and w ∝ η·exp(L). Rates begin so high that the starting weights
 * count only until the first lesson.
 *
 * <p>State: how many lessons there were, then for each member L, Σr², max|r| and η.
 */
final class MlProd implements WeightLearner {

    private static final int LESSONS = 0;
    private static final int SHARED = 1;
    private static final int FIELDS = 4;
    private static final int SQUARES = 1;
    private static final int BOUND = 2;
    private static final int ETA = 3;

    @Override
    public int shared() {
        return SHARED;
    }

    @Override
    public int fields() {
        return FIELDS;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        state[LESSONS] = 0;
        double eta = StrictMath.sqrt(StrictMath.log(logPrior.length));
        for (int k = 0; k < logPrior.length; k++) {
            int at = SHARED + FIELDS * k;
            state[at] = logPrior[k];
            state[at + SQUARES] = 0;
            state[at + BOUND] = 0;
            state[at + ETA] = eta;
        }
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        // ln 1 of a single member is 0, and with it every rate.
        if (lesson.members() == 1) {
            return;
        }
        double logMembers = StrictMath.log(lesson.members());
        boolean isFirst = state[LESSONS] == 0;
        state[LESSONS]++;
        for (int k = 0; k < lesson.members(); k++) {
            state[SHARED + FIELDS * k] = isFirst ? 0 : state[SHARED + FIELDS * k];
            double r = lesson.regret(k);
            if (r == 0) {
                continue;
            }
            int at = SHARED + FIELDS * k;
            state[at + SQUARES] += r * r;
            state[at + BOUND] = Math.max(state[at + BOUND], Math.abs(r));
            double eta = Math.min(1 / (2 * state[at + BOUND]), StrictMath.sqrt(logMembers / (1 + state[at + SQUARES])));
            state[at] = eta / state[at + ETA] * state[at] + StrictMath.log1p(eta * r);
            state[at + ETA] = eta;
        }
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        for (int k = 0; k < logWeights.length; k++) {
            int at = SHARED + FIELDS * k;
            logWeights[k] = logWeights.length == 1 ? 0 : StrictMath.log(state[at + ETA]) + state[at];
        }
    }
}
