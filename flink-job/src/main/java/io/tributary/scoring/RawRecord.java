package io.tributary.scoring;

import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it was read, not decoded yet.
 *
 * @param key null if it has none
 * @param value null for a deletion
 * @param minWeightsVersion what the record's header asks for; 0 if it asks for nothing
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        long minWeightsVersion) {}
