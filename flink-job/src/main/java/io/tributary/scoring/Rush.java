package io.tributary.scoring;

/**
 * Whether events come so fast that a batch fills up in half of the time that its first one may wait. Told by the events of
 * the milliseconds before. Used by the task's thread alone.
 */
final class Rush {

    private final long lingerMillis;
    private long sinceMillis;
    private long count;
    private boolean on;

    /**
     * None yet.
     *
     * @param lingerMillis how long an event may wait for others
     */
    Rush(long lingerMillis) {
        this.lingerMillis = lingerMillis;
    }

    /**
     * An event has come.
     *
     * @param rows how many make a batch full
     */
    void event(long nowMillis, int rows) {
        if (nowMillis != sinceMillis) {
            on = count * lingerMillis >= 2L * rows * (nowMillis - sinceMillis);
            sinceMillis = nowMillis;
            count = 0;
        }
        count++;
    }

    /** Whether there was one before the last event. */
    boolean isOn() {
        return on;
    }
}
