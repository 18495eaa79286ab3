package io.tributary.core.learn;

import io.tributary.core.fusion.Fusion;

/** One way to fuse and to learn how: a fusion whose parameters follow labels. Not for several threads. */
interface Candidate {

    /** What it is called: its learner's name, with its fusion where that needs saying. */
    String name();

    /** What it fuses with now. The arrays are its own. */
    Fusion fusion();

    /**
     * What it makes of an event's scores now.
     *
     * @param into filled with the fused score: one number, or one a class; NaN if no member answered
     */
    void fuse(double[] scores, double[] into);

    /**
     * Folds one label in.
     *
     * @param scores NaN where a member did not answer; at least one did
     * @param importance above 0
     * @param lag how many lessons ago the event was fused
     */
    void learn(double[] scores, double label, double importance, long lag);

    /**
     * Learns that a label was another one, or none: afterwards it knows what it would know if it had learned the right one
     * to begin with.
     *
     * @param scores as the label was learned with
     * @return false if that cannot be had exactly, in which case nothing has changed
     */
    default boolean revise(double[] scores, Revision revision) {
        return false;
    }

    /** All it knows; only read. */
    double[] state();

    /** How many numbers its state would be for that many members. */
    int stateSize(int members);

    /**
     * Takes up a state.
     *
     * @param old a state, perhaps of other members
     * @param oldIndexes for each member its index in that state; −1 if it has none, in which case it is new
     */
    void restore(double[] old, int[] oldIndexes);
}
