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
 * @param position where its record is on the features topic, see {@link #position}: no two records share one, while an id
 *     may come twice; −1 for an event that comes from no topic
 * @param arrivedMillis when it was decoded, epoch milliseconds; deadlines count from then. 0 for an event that comes from
 *     no topic
 * @param key whose sequences its values continue; null where the spec has no sequences or the record names nobody
 * @param specVersion the version of the spec that it is scored by; 0 as long as that is open
 * @param trace the trace that its record belongs to, which its prediction carries on; null if it names none
 */
public record Event(
        String id,
        long timeMillis,
        @Nullable String segment,
        float[] features,
        @Nullable Step step,
        long position,
        long arrivedMillis,
        @Nullable String key,
        int specVersion,
        @Nullable TraceContext trace) {

    private static final int OFFSET_BITS = 44;

    /** An event that comes from no topic. */
    public Event(String id, long timeMillis, @Nullable String segment, float[] features, @Nullable Step step) {
        this(id, timeMillis, segment, features, step, -1, 0, null, 0);
    }

    /** An event outside of any trace. */
    public Event(
            String id,
            long timeMillis,
            @Nullable String segment,
            float[] features,
            @Nullable Step step,
            long position,
            long arrivedMillis,
            @Nullable String key,
            int specVersion) {
        this(id, timeMillis, segment, features, step, position, arrivedMillis, key, specVersion, null);
    }

    /**
     * A number for a place on the features topic, rising with the offset within a partition.
     *
     * @param partition from 0 to 2^19 − 1
     * @param offset from 0 to 2^44 − 1
     */
    public static long position(int partition, long offset) {
        return ((long) partition << OFFSET_BITS) | offset;
    }

    /** The partition of a position. */
    public static int partition(long position) {
        return (int) (position >> OFFSET_BITS);
    }

    /** The same, its deadline counted from another time. */
    public Event arrivedAt(long otherMillis) {
        return new Event(id, timeMillis, segment, features, step, position, otherMillis, key, specVersion, trace);
    }

    /** The same with another row of features. */
    public Event with(float[] row) {
        return new Event(id, timeMillis, segment, row, step, position, arrivedMillis, key, specVersion, trace);
    }

    /** The same, to be scored by a version of the spec. */
    public Event scoredBy(int version) {
        return new Event(id, timeMillis, segment, features, step, position, arrivedMillis, key, version, trace);
    }

    /** The same as a part of a trace. */
    public Event tracedBy(@Nullable TraceContext context) {
        return new Event(id, timeMillis, segment, features, step, position, arrivedMillis, key, specVersion, context);
    }
}
