package io.tributary.scoring;

/**
 * Whether one thread suffices for all members: when they answer at once and leave it idle a part of the time, there is
 * no need to wake a thread for each of them. Used by the task's thread alone.
 */
final class ThreadsNeeded {

    /** So many batches in a row show it. */
    static final int BATCHES = 64;

    private static final long QUICK_MICROS = 1_000;

    private int batches;
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
        if (batches > BATCHES) {
            // One that is at work for more than nine tenths would soon be behind.
            long tenths = 10_000 * computedMicros / Math.max(1, nowNanos - sinceNanos);
            one = tenths < (one ? 9 : 7);
            batches = 0;
        }
    }

    /** Something is not as quick as it was. */
    void all() {
        one = false;
        batches = 0;
    }

    /** Whether one thread suffices now. */
    boolean isOne() {
        return one;
    }
}
