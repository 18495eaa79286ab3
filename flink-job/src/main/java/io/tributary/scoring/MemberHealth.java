package io.tributary.scoring;

/**
 * Whether a member is asked: one that has missed the deadline of several batches in a row, which others have answered, is
 * put aside. After a while it is given a batch that does not wait for it, and by how long it takes for that it is judged:
 * the while doubles with every trial that takes longer than the deadline. Used by the task's thread alone.
 */
final class MemberHealth {

    static final int MISSES = 3;
    static final long FIRST_PAUSE_MILLIS = 1_000;
    static final long LONGEST_PAUSE_MILLIS = 60_000;

    /** What a member is given a batch for. */
    enum Role {
        /** The batch waits for it. */
        MEMBER,
        /** To see how long it takes. */
        TRIAL,
        /** It is given none. */
        ASIDE
    }

    private final long deadlineMillis;
    private int misses;
    private boolean aside;
    private boolean onTrial;
    private long nextTrial;
    private long pause = FIRST_PAUSE_MILLIS;

    MemberHealth(long deadlineMillis) {
        this.deadlineMillis = deadlineMillis;
    }

    /**
     * What it is given the next batch for.
     *
     * @param idle whether it has answered everything that it was given
     * @param lastTookMillis how long it took for the last of that
     */
    Role role(long nowMillis, boolean idle, long lastTookMillis) {
        if (aside && onTrial && idle) {
            judge(nowMillis, lastTookMillis);
        }
        if (!aside) {
            return Role.MEMBER;
        }
        // While it hangs in a call, a trial would only wait behind that.
        onTrial |= idle && nowMillis >= nextTrial;
        return onTrial && idle ? Role.TRIAL : Role.ASIDE;
    }

    private void judge(long nowMillis, long tookMillis) {
        onTrial = false;
        if (tookMillis <= deadlineMillis) {
            answered();
        } else {
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            nextTrial = nowMillis + pause;
        }
    }

    /** Whether it is put aside, trials included. */
    boolean isAside() {
        return aside;
    }

    /** It has answered a batch in time. */
    void answered() {
        misses = 0;
        aside = false;
        onTrial = false;
        pause = FIRST_PAUSE_MILLIS;
    }

    /** It has not answered a batch in time that another member has. */
    void missed(long nowMillis) {
        misses++;
        if (!aside && misses >= MISSES) {
            aside = true;
            nextTrial = nowMillis + pause;
        }
    }
}
