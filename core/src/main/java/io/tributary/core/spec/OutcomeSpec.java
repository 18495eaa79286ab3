package io.tributary.core.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes topic and the fields of its records.
 *
 * @param topic the topic
 * @param id the field that names the event
 * @param label the field with the label: a number, or a boolean
 * @param time the field with the time at which the label became known
 * @param kind the field that says final, provisional, correction or retraction; null if all are final
 * @param source the field that says who reported; null for none
 * @param propensity the field with the probability that this event's outcome is observed; null for none
 * @param maxDelay how long a prediction waits for its outcome, and an outcome for its prediction
 * @param settle how long a label is held, from when its event's first outcome was seen, so that it may be corrected or
 *     retracted before it teaches; zero to {@code maxDelay}
 * @param copartitioned whether outcomes are keyed by event id and partitioned as predictions are, so that they need
 *     no repartitioning
 */
public record OutcomeSpec(
        String topic,
        String id,
        String label,
        String time,
        @Nullable String kind,
        @Nullable String source,
        @Nullable String propensity,
        Duration maxDelay,
        Duration settle,
        boolean copartitioned) {}
