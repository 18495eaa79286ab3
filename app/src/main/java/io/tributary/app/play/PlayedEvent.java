package io.tributary.app.play;

import org.jspecify.annotations.Nullable;

/**
 * An event that is to be played, encoded already.
 *
 * @param id the event's id
 * @param timeMillis when it happened, epoch milliseconds
 * @param record its record in the Confluent wire format
 * @param label the truth: 1 or 0, a class's index, or a number; NaN if its outcome never comes
 * @param key whose sequences it continues; null where the spec has no sequences or the event names nobody
 */
public record PlayedEvent(
        String id,
        long timeMillis,
        byte[] record,
        double label,
        @Nullable String key) {}
