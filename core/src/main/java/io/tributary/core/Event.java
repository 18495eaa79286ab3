package io.tributary.core;

import org.jspecify.annotations.Nullable;

/**
 * One record of the features topic after decoding and preparation.
 *
 * @param id names the event; its outcome carries the same
 * @param timeMillis when it happened, epoch milliseconds
 * @param segment the slice of traffic it belongs to; null where the spec names none or the record has none
 * @param features one value a column of the spec's feature plan, NaN where missing
 * @param step the step of a replay that it belongs to; null outside of replays
 */
public record Event(
        String id,
        long timeMillis,
        @Nullable String segment,
        float[] features,
        @Nullable Step step) {}
