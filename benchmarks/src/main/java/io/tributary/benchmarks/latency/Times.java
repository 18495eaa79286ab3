package io.tributary.benchmarks.latency;

import java.util.Arrays;

/** When something happened to each event, by its number. Written by one thread, read by others once that is done. */
final class Times {

    private static final int UNKNOWN = -1;

    private final long sinceMillis;
    private final int[] offsets;

    /**
     * None yet.
     *
     * @param count how many events there will be
     * @param sinceMillis nothing happened before, epoch milliseconds
     */
    Times(int count, long sinceMillis) {
        this.sinceMillis = sinceMillis;
        this.offsets = new int[count];
        Arrays.fill(offsets, UNKNOWN);
    }

    /** Notes an event's time, epoch milliseconds. */
    void put(long number, long millis) {
        offsets[(int) number] = Math.toIntExact(millis - sinceMillis);
    }

    /** Whether it has happened to an event. */
    boolean has(long number) {
        return offsets[(int) number] != UNKNOWN;
    }

    /** How many events there are. */
    int count() {
        return offsets.length;
    }

    /**
     * An event's time, epoch milliseconds.
     *
     * @throws IllegalStateException if it has none
     */
    long of(long number) {
        int offset = offsets[(int) number];
        if (offset == UNKNOWN) {
            throw new IllegalStateException("event " + number + " of " + offsets.length + " was lost");
        }
        return sinceMillis + offset;
    }
}
