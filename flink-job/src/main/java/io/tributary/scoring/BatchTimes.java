package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * When a batch was where. A member's thread notes how long it took before it hands over its answer; all else is the task
 * thread's.
 */
final class BatchTimes {

    private static final long NOT_IN_TIME = -1;

    private final long[] tookMicros;
    private long[] shared = {};
    private long handedMillis;
    private long handedNanos;
    private long leftNanos;

    BatchTimes(int members) {
        this.tookMicros = new long[members];
    }

    /** The batch is handed to the members. */
    void handed(long nowMillis, long nowNanos) {
        handedMillis = nowMillis;
        handedNanos = nowNanos;
    }

    /** A member has computed for so long. */
    void took(int member, long nanos) {
        tookMicros[member] = TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    /** How long a member has computed, if it has answered. */
    long tookMicros(int member) {
        return tookMicros[member];
    }

    /**
     * The batch goes on to be fused.
     *
     * @param answered which members have answered in time
     */
    void left(IntPredicate answered, long nowNanos) {
        leftNanos = nowNanos;
        shared = new long[tookMicros.length];
        Arrays.setAll(shared, k -> answered.test(k) ? tookMicros[k] : NOT_IN_TIME);
    }

    /** How long the stages took for an event of the batch that is fused now. */
    Prediction.Latencies latencies(Event event, long nowNanos) {
        // Another machine may have stamped the arrival, by another clock.
        long waitMillis = event.arrivedMillis() == 0 ? 0 : Math.max(0, handedMillis - event.arrivedMillis());
        return new Prediction.Latencies(
                TimeUnit.MILLISECONDS.toMicros(waitMillis),
                TimeUnit.NANOSECONDS.toMicros(leftNanos - handedNanos),
                TimeUnit.NANOSECONDS.toMicros(nowNanos - leftNanos),
                shared);
    }
}
