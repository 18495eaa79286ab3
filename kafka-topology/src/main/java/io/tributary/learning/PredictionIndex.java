package io.tributary.learning;

import io.tributary.core.spec.EnsembleSpec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Where on the predictions topic each prediction is that this partition's task has read, by event id and the time at
 * which it was read. Old entries go a whole segment of the store at a time, which costs nothing a record.
 */
final class PredictionIndex {

    /** How long brokers keep a topic's records unless told otherwise. */
    private static final Duration AT_LEAST = Duration.ofDays(7);

    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final int PLACE_BYTES = Integer.BYTES + Long.BYTES;

    private final WindowStore<String, byte[]> store;

    /**
     * Where a prediction is.
     *
     * @param partition of the predictions topic
     * @param offset in the partition
     * @param readMillis when it was read, epoch milliseconds
     * @param copies how many predictions of the event have been read, this being the newest; of two that were read within
     *     the same millisecond only one counts
     */
    record Place(int partition, long offset, long readMillis, int copies) {}

    PredictionIndex(ProcessorContext<byte[], byte[]> context) {
        this.store = context.getStateStore(LearningTopology.PREDICTION_INDEX);
    }

    /** For how long a prediction is found: while its label may come, and at least a week. */
    static Duration retention(EnsembleSpec spec) {
        Duration maxDelay = spec.outcomes().maxDelay();
        return maxDelay.compareTo(AT_LEAST) > 0 ? maxDelay : AT_LEAST;
    }

    static StoreBuilder<WindowStore<String, byte[]>> storeBuilder(EnsembleSpec spec) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(LearningTopology.PREDICTION_INDEX, retention(spec), INSTANT, false),
                Serdes.String(),
                Serdes.ByteArray());
    }

    /** A prediction has been read. */
    void add(String eventId, RecordMetadata at, long nowMillis) {
        byte[] place = ByteBuffer.allocate(PLACE_BYTES)
                .putInt(at.partition())
                .putLong(at.offset())
                .array();
        store.put(eventId, place, nowMillis);
    }

    /** Where the newest prediction of an event is; null if none has been read, or it was too long ago. */
    static @Nullable Place find(ReadOnlyWindowStore<String, byte[]> store, String eventId) {
        KeyValue<Long, byte[]> newest = null;
        int copies = 0;
        try (WindowStoreIterator<byte[]> all =
                store.fetch(eventId, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                newest = all.next();
                copies++;
            }
        }
        if (newest == null) {
            return null;
        }
        ByteBuffer place = ByteBuffer.wrap(newest.value);
        return new Place(place.getInt(), place.getLong(), newest.key, copies);
    }
}
