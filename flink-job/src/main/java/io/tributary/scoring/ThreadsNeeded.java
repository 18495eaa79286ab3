package io.tributary.scoring;

/**
 * Whether one thread suffices for all members: when they answer at once and leave it idle a part of the time, there is
 * no need to wake a thread for each of them. Used by the task's thread alone.
 */
final class ThreadsNeeded {

    /** So many batches in a row show it. */
    static final int BATCHES = 64;

    /** Twice as many each time that it proved wrong, up to so many: threads that come and go cost more than they save. */
    static final int MOST_BATCHES = 4096;

    private static final long QUICK_MICROS = 1_000;

    private int batches;
    private int enough = BATCHES;
    private long computedMicros;
    private long sinceNanos;
    private boolean one;

    /**
     * A batch has left that all members have answered.
     *
     * @param tookMicros how long all of them together computed
     */
    void answered(long tookMicros, long nowNanos) {
        if (tookMicros > QUICK_MICROS) {
            all();
            return;
        }
        if (batches == 0) {
            sinceNanos = nowNanos;
            computedMicros = 0;
        }
        batches++;
        computedMicros += tookMicros;
        if (batches > (one ? BATCHES : enough)) {
            judge(10_000 * computedMicros / Math.max(1, nowNanos - sinceNanos));
            batches = 0;
        }
    }

    /** One that is at work for more than nine tenths would soon be behind. */
    private void judge(long tenths) {
        if (!one) {
            one = tenths < 7;
        } else if (tenths < 9) {
            enough = Math.max(BATCHES, enough - BATCHES / 2);
        } else {
            all();
        }
    }

    /** Something is not as quick as it was. */
    void all() {
        if (one) {
            enough = Math.min(MOST_BATCHES, 2 * enough);
        }
        one = false;
        batches = 0;
    }

    /** Whether one thread suffices now. */
    boolean isOne() {
        return one;
    }
}
