package io.tributary.scoring;

/**
 * Whether a member is asked: one that has missed the deadline of several batches in a row is put aside, and tried again
 * with a single batch after a while, which doubles with every trial that fails. Used by the task's thread alone.
 */
final class MemberHealth {

    /** One slow batch may be a pause of the whole process; more in a row are the member's. */
    static final int MISSES = 3;

    static final long FIRST_PAUSE_MILLIS = 1_000;
    static final long LONGEST_PAUSE_MILLIS = 60_000;

    private int misses;
    private boolean aside;
    private long asideSince;
    private long nextTrial;
    private long pause = FIRST_PAUSE_MILLIS;

    /**
     * Whether it is given a batch.
     *
     * @param idle whether it has answered everything that it was given
     */
    boolean isAsked(long nowMillis, boolean idle) {
        return !aside || nowMillis >= nextTrial && idle;
    }

    /** Whether it is put aside, trials included. */
    boolean isAside() {
        return aside;
    }

    /** It has answered a batch in time. */
    void answered() {
        misses = 0;
        aside = false;
        pause = FIRST_PAUSE_MILLIS;
    }

    /**
     * It has not answered a batch in time.
     *
     * @param givenMillis when it was given the batch
     */
    void missed(long nowMillis, long givenMillis) {
        misses++;
        if (!aside && misses >= MISSES) {
            aside = true;
        } else if (aside && givenMillis > asideSince) {
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        } else {
            // A batch from before it was put aside says nothing new.
            return;
        }
        asideSince = nowMillis;
        nextTrial = nowMillis + pause;
    }
}
