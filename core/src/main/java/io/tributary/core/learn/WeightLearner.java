package io.tributary.core.learn;

/**
 * A rule that moves weights by regrets. It is a deterministic fold: it keeps nothing itself, all it knows is in the
 * state array that it is handed, and it allocates nothing. Arithmetic is in the log domain.
 */
public interface WeightLearner {

    /** How many numbers the state takes for that many members. */
    int stateSize(int members);

    /**
     * Fills a state as it is before any feedback.
     *
     * @param logPrior the logarithms of the members' starting weights, normalised
     */
    void start(double[] logPrior, double[] state);

    /**
     * Folds one feedback in.
     *
     * @param state changed in place
     * @param regrets what each member would have saved: the fusion's loss less the member's; 0 for a member that did not
     *     answer, which leaves all that is known of it as it is
     */
    void update(double[] state, double[] regrets);

    /**
     * Reads the weights off a state.
     *
     * @param logWeights filled with the logarithms of the weights, up to a constant
     */
    void logWeights(double[] state, double[] logWeights);
}
