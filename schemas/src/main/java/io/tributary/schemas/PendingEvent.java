package io.tributary.schemas;

import io.tributary.core.feedback.Join;

/**
 * What the learning plane stores of one event.
 *
 * @param state what the join knows
 * @param firstSeenMillis when the first of prediction and outcome was seen, epoch milliseconds on the wall clock
 * @param classes the classes' names, by which labels and scores count them; empty unless there are several
 */
public record PendingEvent(Join.State state, long firstSeenMillis, String[] classes) {}
