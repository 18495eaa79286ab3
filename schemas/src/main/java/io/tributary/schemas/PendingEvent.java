package io.tributary.schemas;

import io.tributary.core.feedback.Join;

/**
 * What the learning plane stores of one event.
 *
 * @param state what the join knows
 * @param firstSeenMillis when the first of prediction and outcome was seen, epoch milliseconds on the wall clock
 */
public record PendingEvent(Join.State state, long firstSeenMillis) {}
