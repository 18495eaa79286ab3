package io.tributary.app.demo;

import java.util.Arrays;

/**
 * Counts and sums over several windows that end the same time ago: window k holds what happened in
 * (now − delay − width k, now − delay]. Values arrive in order of time, and so do questions.
 */
final class TrailingWindows {

    private final long delayMillis;
    private final long[] widthsMillis;
    private final long[] sums;
    /** Where each window starts and where all of them end, as positions since the first value. */
    private final long[] heads;

    private long tail;
    private long end;
    private long[] times = new long[16];
    private long[] values = new long[16];

    /** No values yet. The widths go from narrow to wide. */
    TrailingWindows(long delayMillis, long... widthsMillis) {
        this.delayMillis = delayMillis;
        this.widthsMillis = widthsMillis;
        this.sums = new long[widthsMillis.length];
        this.heads = new long[widthsMillis.length];
    }

    /** Adds what happened at a time that is not before any earlier one. */
    void add(long timeMillis, long value) {
        long widest = heads[heads.length - 1];
        if (end - widest == times.length) {
            grow(widest);
        }
        times[slot(end)] = timeMillis;
        values[slot(end)] = value;
        end++;
    }

    /** Moves all windows to where they are now. */
    void advanceTo(long nowMillis) {
        long until = nowMillis - delayMillis;
        while (tail < end && times[slot(tail)] <= until) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += values[slot(tail)];
            }
            tail++;
        }
        for (int k = 0; k < sums.length; k++) {
            while (heads[k] < tail && times[slot(heads[k])] <= until - widthsMillis[k]) {
                sums[k] -= values[slot(heads[k])];
                heads[k]++;
            }
        }
    }

    long count(int window) {
        return tail - heads[window];
    }

    long sum(int window) {
        return sums[window];
    }

    private int slot(long position) {
        return (int) (position & (times.length - 1));
    }

    private void grow(long from) {
        long[] oldTimes = times;
        long[] oldValues = values;
        times = Arrays.copyOf(oldTimes, 2 * oldTimes.length);
        values = Arrays.copyOf(oldValues, 2 * oldValues.length);
        for (long at = from; at < end; at++) {
            int old = (int) (at & (oldTimes.length - 1));
            times[slot(at)] = oldTimes[old];
            values[slot(at)] = oldValues[old];
        }
    }
}
