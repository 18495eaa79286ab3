package io.tributary.scoring;

import java.math.BigDecimal;

/**
 * How many predictions took how long, in buckets as Prometheus has them, which can be added up over subtasks. Flink's own
 * histograms are quantiles, which cannot. One thread counts; whoever reads may see a count some events old.
 */
final class LatencyHistogram {

    private static final long[] BOUNDS_MICROS = {
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000
    };

    private static final double MICROS_A_SECOND = 1e6;

    private final long[] counts = new long[BOUNDS_MICROS.length + 1];
    private long sumMicros;

    /** Registers its buckets, sum and count under a name in seconds. */
    LatencyHistogram(PlaneMetrics metrics, String name) {
        for (int i = 0; i < counts.length; i++) {
            int last = i;
            metrics.with("le", bound(i)).gauge(name + "_bucket", () -> upTo(last));
        }
        metrics.gauge(name + "_count", () -> upTo(BOUNDS_MICROS.length));
        metrics.gauge(name + "_sum", () -> sumMicros / MICROS_A_SECOND);
    }

    private static String bound(int bucket) {
        return bucket == BOUNDS_MICROS.length
                ? "+Inf"
                : BigDecimal.valueOf(BOUNDS_MICROS[bucket], 6)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private long upTo(int bucket) {
        long total = 0;
        for (int i = 0; i <= bucket; i++) {
            total += counts[i];
        }
        return total;
    }

    void add(long micros) {
        int bucket = 0;
        while (bucket < BOUNDS_MICROS.length && micros > BOUNDS_MICROS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sumMicros += micros;
    }
}
