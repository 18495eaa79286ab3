package io.tributary.app.play;

/**
 * An event that is to be played, encoded already.
 *
 * @param id the event's id
 * @param timeMillis when it happened, epoch milliseconds
 * @param record its record in the Confluent wire format
 * @param label the truth: 1 or 0, a class's index, or a number; NaN if its outcome never comes
 */
public record PlayedEvent(String id, long timeMillis, byte[] record, double label) {}
