package io.tributary.core.fusion;

/** What each member's score counts for, given which members answered. Reuses its buffers. */
interface MemberWeights {

    /** Takes the given parameters, one a member. */
    void use(double[] parameters);

    /**
     * Weighs the members that answered an event.
     *
     * @param all {@link #haveAllAnswered}: then what was weighed before for such an event still holds
     * @return whether any did
     */
    boolean weigh(double[] scores, boolean all);

    /** What {@link #weigh} came to; 0 for members that did not answer. */
    double[] effective();

    /** What they are when all members answer. */
    double[] all();

    /** Whether no member is missing. */
    static boolean haveAllAnswered(double[] scores, int classes) {
        boolean all = true;
        for (int at = 0; at < scores.length; at += classes) {
            all &= !Double.isNaN(scores[at]);
        }
        return all;
    }
}
