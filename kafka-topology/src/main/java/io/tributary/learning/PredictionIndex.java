package io.tributary.learning;

import io.tributary.core.spec.EnsembleSpec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Where on the predictions topic each prediction is that this partition's task has read. While an event waits its entry
 * among the pending ones says so; this keeps it for the rest of a week, where labels are not waited for that long. Old
 * entries go a whole segment of the store at a time, which costs nothing a record.
 */
final class PredictionIndex {

    static final String NAME = "past-predictions";

    /** How long brokers keep a topic's records unless told otherwise. */
    private static final Duration AT_LEAST = Duration.ofDays(7);

    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final int PLACE_BYTES = 2 * Integer.BYTES + Long.BYTES;

    private final WindowStore<Bytes, byte[]> store;

    PredictionIndex(ProcessorContext<byte[], byte[]> context) {
        this.store = context.getStateStore(NAME);
    }

    /** For how long a prediction is found: while its label may come, and at least a week. */
    static Duration retention(EnsembleSpec spec) {
        Duration maxDelay = spec.outcomes().maxDelay();
        return AT_LEAST.compareTo(maxDelay) < 0 ? maxDelay : AT_LEAST;
    }

    static StoreBuilder<WindowStore<Bytes, byte[]>> storeBuilder() {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(NAME, AT_LEAST, INSTANT, false), Serdes.Bytes(), Serdes.ByteArray());
    }

    /** An event does not wait any more. Its prediction is only kept if it is young enough. */
    void add(String eventId, Place at, long nowMillis) {
        if (nowMillis - at.readMillis() < AT_LEAST.toMillis()) {
            byte[] place = ByteBuffer.allocate(PLACE_BYTES)
                    .putInt(at.partition())
                    .putLong(at.offset())
                    .putInt(at.copies())
                    .array();
            store.put(EventKey.of(eventId), place, at.readMillis());
        }
    }

    /**
     * Where the last prediction of an event on the topic is, counting its copies; null if none has been read, or it was too
     * long ago. Clocks of the instances that read them differ, so offsets decide which is the last.
     *
     * @param pending the events that wait
     * @param past those that do not any more
     */
    static @Nullable Place find(
            ReadOnlyKeyValueStore<Bytes, byte[]> pending, ReadOnlyWindowStore<Bytes, byte[]> past, String eventId) {
        Bytes key = EventKey.of(eventId);
        byte[] waiting = pending.get(key);
        Place last = waiting == null ? null : PendingFormat.place(waiting);
        try (WindowStoreIterator<byte[]> all = past.fetch(key, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                var entry = all.next();
                ByteBuffer bytes = ByteBuffer.wrap(entry.value);
                last = new Place(bytes.getInt(), bytes.getLong(), entry.key, bytes.getInt()).with(last);
            }
        }
        return last;
    }
}
