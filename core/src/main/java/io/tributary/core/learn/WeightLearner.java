package io.tributary.core.learn;

/**
 * A rule that moves weights. It is a deterministic fold: it keeps nothing itself, all it knows is in the state array that
 * it is handed, and it allocates nothing. Arithmetic is in the log domain.
 *
 * <p>A state begins with numbers that all members share, {@link #shared} of them, followed by {@link #fields} numbers for
 * each member.
 */
public interface WeightLearner {

    /** How many numbers of the state members share. */
    default int shared() {
        return 0;
    }

    /** How many numbers of the state each member has of its own. */
    int fields();

    /** How many numbers the state takes for that many members. */
    default int stateSize(int members) {
        return shared() + fields() * members;
    }

    /**
     * Fills a state as it is before any feedback.
     *
     * @param logPrior the logarithms of the members' starting weights, normalised
     */
    void start(double[] logPrior, double[] state);

    /**
     * Folds one feedback in. A member that did not answer has the regret 0, which leaves all that is known of it as it
     * is.
     *
     * @param state changed in place
     */
    void update(double[] state, Lesson lesson);

    /**
     * Learns that members lost less in an earlier lesson than was said, if that takes the state to the one that the right
     * lesson would have led to, but for what changes no weights. In that lesson and in all since every member answered.
     *
     * @param state changed in place, or left alone
     * @param saved for each member by how much its loss was less; below 0 if it was more
     * @return whether it did
     */
    default boolean revise(double[] state, double[] saved) {
        return false;
    }

    /**
     * Reads the weights off a state.
     *
     * @param logWeights filled with the logarithms of the weights, up to a constant
     */
    void logWeights(double[] state, double[] logWeights);

    /**
     * Reads off a state the weights at which an event's lesson is to be taken: those of now, unless the learner is made
     * to learn from what was played when the event was fused.
     *
     * @param lag how many lessons ago that was
     */
    default void playedLogWeights(double[] state, long lag, double[] logWeights) {
        logWeights(state, logWeights);
    }
}
