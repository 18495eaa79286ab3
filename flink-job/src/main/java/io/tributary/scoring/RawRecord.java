package io.tributary.scoring;

import io.tributary.core.Step;
import io.tributary.core.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it was read, not decoded yet.
 *
 * @param key null if it has none
 * @param value null for a deletion
 * @param step the step of a replay that it belongs to; null outside of replays
 * @param trace the trace that it belongs to; null if it names none
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable Step step,
        @Nullable TraceContext trace) {}
