package io.tributary.scoring;

import java.util.function.LongConsumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Calls back by a time. A timer of Flink's costs a thread's wake-up when it fires, so there is none a batch: asked for a
 * later time than it is set to, the alarm stays as it is, calls back early, and may be set anew. Used by the task's thread
 * alone.
 */
final class Alarm {

    private static final long UNSET = Long.MAX_VALUE;

    private final ProcessingTimeService time;
    private final LongConsumer action;
    private long setMillis = UNSET;
    private boolean off;

    /**
     * Not set.
     *
     * @param action called with the time, also when there is nothing to do any more
     */
    Alarm(ProcessingTimeService time, LongConsumer action) {
        this.time = time;
        this.action = action;
    }

    /** Has the action called at the given time or before. */
    void by(long millis) {
        if (millis < setMillis && !off) {
            setMillis = millis;
            time.registerTimer(millis, this::fired);
        }
    }

    private void fired(long now) {
        if (setMillis <= now) {
            setMillis = UNSET;
        }
        action.accept(now);
    }

    /** No timers fire from now on. */
    void off() {
        off = true;
    }
}
