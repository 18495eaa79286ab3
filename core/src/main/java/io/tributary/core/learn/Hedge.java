package io.tributary.core.learn;

/**
 * Exponentially weighted average with a fixed rate: w ∝ w₀·exp(ηR), R the summed regrets (Freund and Schapire 1997;
 * Cesa-Bianchi and Lugosi 2006, section 2.1). With log loss and η = 1 it is Bayes' rule over the members.
 *
 * <p>State: for each member ln w₀ and R.
 */
final class Hedge implements WeightLearner {

    private static final int FIELDS = 2;

    private final double eta;

    Hedge(double eta) {
        if (!(eta > 0)) {
            throw new IllegalArgumentException("learning.eta is " + eta + ", must be above 0");
        }
        this.eta = eta;
    }

    @Override
    public int fields() {
        return FIELDS;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        for (int k = 0; k < logPrior.length; k++) {
            state[FIELDS * k] = logPrior[k];
            state[FIELDS * k + 1] = 0;
        }
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        for (int k = 0; k < lesson.members(); k++) {
            state[FIELDS * k + 1] += lesson.regret(k);
        }
    }

    /**
     * The loss of the fusion is part of every member's regret alike, so it need not be known: a number that all regrets
     * have in common changes no weights.
     */
    @Override
    public boolean revise(double[] state, double[] saved) {
        for (int k = 0; k < saved.length; k++) {
            state[FIELDS * k + 1] += saved[k];
        }
        return true;
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = state[FIELDS * k] + eta * state[FIELDS * k + 1];
        }
    }
}
