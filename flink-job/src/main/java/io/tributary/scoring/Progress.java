package io.tributary.scoring;

/** How a member keeps up with the batches that it is given. Used by the task's thread alone. */
final class Progress {

    /** It is stuck if it takes so many times as long as it does. */
    private static final int TIMES = 4;

    /** With each batch so large a part of what was the longest is forgotten. */
    private static final int MEMORY = 16;

    private static final long UNKNOWN = -1;

    private final long leastMillis;
    private final long mostMillis;
    private long tookMicros = UNKNOWN;
    private long oldest = -1;
    private long sinceMillis;

    /**
     * It has answered nothing yet.
     *
     * @param leastMillis for how long a member may owe its oldest answer, however quick it is
     * @param mostMillis for how long, however slow it is
     */
    Progress(long leastMillis, long mostMillis) {
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
    }

    /** It has answered a batch in so many microseconds. */
    void answered(long micros) {
        tookMicros = Math.max(micros, tookMicros - tookMicros / MEMORY);
    }

    /**
     * Whether it has owed its oldest answer for longer than is to be expected of it.
     *
     * @param number which batch that is; below 0 if it owes none
     */
    boolean isStuck(long number, long nowMillis) {
        if (oldest != number) {
            oldest = number;
            sinceMillis = nowMillis;
        }
        return nowMillis - sinceMillis >= patienceMillis();
    }

    private long patienceMillis() {
        return tookMicros == UNKNOWN
                ? mostMillis
                : Math.min(mostMillis, Math.max(leastMillis, TIMES * tookMicros / 1000));
    }
}
