package io.tributary.dashboard.live;

import org.jspecify.annotations.Nullable;

/** Durations counted in bins that are a quarter of their size wide at most, from which quantiles are read. */
final class Quantiles {

    private static final int SUB_BITS = 2;
    private static final int BINS = 140;

    private int @Nullable [] counts;
    private long total;

    /** Counts one, in microseconds. */
    void add(long micros) {
        counts()[bin(micros)]++;
        total++;
    }

    /** Counts all of another's. */
    void addAll(Quantiles other) {
        if (other.counts != null) {
            int[] into = counts();
            for (int i = 0; i < BINS; i++) {
                into[i] += other.counts[i];
            }
            total += other.total;
        }
    }

    /**
     * The duration that a share of those counted does not exceed.
     *
     * @return in milliseconds, the middle of its bin; NaN if none was counted
     */
    double millis(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; counts != null && i < BINS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return (lower(i) + lower(i + 1)) / 2 / 1000;
            }
        }
        return Double.NaN;
    }

    private int[] counts() {
        if (counts == null) {
            counts = new int[BINS];
        }
        return counts;
    }

    private static int bin(long micros) {
        long value = Math.max(1, micros);
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        int within = exponent < SUB_BITS
                ? (int) (value << (SUB_BITS - exponent)) & 3
                : (int) (value >> (exponent - SUB_BITS)) & 3;
        return Math.min(BINS - 1, exponent * 4 + within);
    }

    private static double lower(int bin) {
        return Math.scalb(1 + (bin % 4) / 4.0, bin / 4);
    }
}
