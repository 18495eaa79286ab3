package io.tributary.learning;

import io.tributary.core.feedback.Join;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one event.
 *
 * @param state what the join knows
 * @param firstSeenMillis when the first of prediction and outcome was seen, epoch milliseconds on the wall clock
 * @param place where its prediction is; null until that comes
 * @param classes the classes' names, by which labels and scores count them; empty unless there are several
 */
record PendingEvent(
        Join.State state, long firstSeenMillis, @Nullable Place place, String[] classes) {}
