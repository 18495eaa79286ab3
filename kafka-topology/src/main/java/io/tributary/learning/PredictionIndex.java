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
 * which it was read. Old entries go a whole segment of the store at a time, which costs nothing a record. How long a segment
 * is hangs on the retention and cannot be told from the files, so each retention has a store of its own name.
 */
final class PredictionIndex {

    /** How long brokers keep a topic's records unless told otherwise. */
    private static final Duration AT_LEAST = Duration.ofDays(7);

    private static final String NAME = "prediction-index-";

    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final int PLACE_BYTES = Integer.BYTES + Long.BYTES;

    private final WindowStore<String, byte[]> store;

    /**
     * Where a prediction is.
     *
     * @param partition of the predictions topic
     * @param offset in the partition
     * @param readMillis when it was read, epoch milliseconds
     * @param copies how many predictions of the event have been read, this being the last on the topic; of two that were
     *     read within the same millisecond only one counts
     */
    record Place(int partition, long offset, long readMillis, int copies) {}

    PredictionIndex(EnsembleSpec spec, ProcessorContext<byte[], byte[]> context) {
        this.store = context.getStateStore(name(spec));
    }

    /**
     * For how long a prediction is found: while its label may come, rounded up to a week or twice, four times, … as long.
     * So most changes of that delay leave the store as it is.
     */
    static Duration retention(EnsembleSpec spec) {
        Duration retention = AT_LEAST;
        while (retention.compareTo(spec.outcomes().maxDelay()) < 0) {
            retention = retention.multipliedBy(2);
        }
        return retention;
    }

    /** The store's name, which says its retention. */
    static String name(EnsembleSpec spec) {
        return NAME + retention(spec).toDays() + "d";
    }

    static StoreBuilder<WindowStore<String, byte[]>> storeBuilder(EnsembleSpec spec) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name(spec), retention(spec), INSTANT, false),
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

    /**
     * Where the last prediction of an event on the topic is; null if none has been read, or it was too long ago. Clocks of
     * the instances that read them differ, so offsets decide which is the last.
     */
    static @Nullable Place find(ReadOnlyWindowStore<String, byte[]> store, String eventId) {
        KeyValue<Long, byte[]> last = null;
        int copies = 0;
        try (WindowStoreIterator<byte[]> all =
                store.fetch(eventId, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> read = all.next();
                last = last == null || offset(read) > offset(last) ? read : last;
                copies++;
            }
        }
        return last == null ? null : new Place(ByteBuffer.wrap(last.value).getInt(), offset(last), last.key, copies);
    }

    private static long offset(KeyValue<Long, byte[]> entry) {
        return ByteBuffer.wrap(entry.value).getLong(Integer.BYTES);
    }
}
