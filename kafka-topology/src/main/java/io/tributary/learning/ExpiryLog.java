package io.tributary.learning;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which events were first seen in which second. The ids of one second are appended to each other, for an entry an event
 * would double what a store's changelog has to take; the store's cache keeps the entry that grows until the next commit.
 * The key is the second's first millisecond and a number, the value each id's key behind its length.
 */
final class ExpiryLog {

    /** How exact times are. */
    static final long SECOND_MILLIS = 1000;

    /** Each addition copies the entry, so that it must not grow long. */
    private static final int MOST_BYTES = 2048;

    private static final byte[] EMPTY = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private long openMillis = -1;
    private Bytes openKey = Bytes.wrap(EMPTY);
    private byte[] open = EMPTY;

    ExpiryLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The first millisecond of a time's second. */
    static long second(long millis) {
        return Math.floorDiv(millis, SECOND_MILLIS) * SECOND_MILLIS;
    }

    /** Adds an event at a time, which must not be negative. */
    void add(long millis, String eventId) {
        byte[] id = EventKey.pack(eventId);
        if (second(millis) != openMillis || open.length + id.length > MOST_BYTES) {
            open(second(millis));
        }
        PackedWriter out = new PackedWriter();
        out.writeBytes(id);
        byte[] entry = out.toBytes();
        byte[] longer = ByteBuffer.allocate(open.length + entry.length)
                .put(open)
                .put(entry)
                .array();
        store.put(openKey, longer);
        open = longer;
    }

    /** Both sides of the join add, and a task that was before this one did. */
    private void open(long second) {
        int number = second == openMillis ? ByteBuffer.wrap(openKey.get()).getInt(Long.BYTES) + 1 : 0;
        do {
            openKey = Bytes.wrap(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(second)
                    .putInt(number++)
                    .array());
        } while (store.get(openKey) != null);
        openMillis = second;
        open = EMPTY;
    }

    /**
     * Takes out what was seen within whole seconds.
     *
     * @param fromMillis the first of them, at its beginning
     * @param untilMillis the end of the last
     * @param most after how many events it stops, though not within an entry
     * @param each takes an id
     * @return where it ended: {@code untilMillis}, or before it if there is more
     */
    long drain(long fromMillis, long untilMillis, int most, Consumer<String> each) {
        // What comes from here on is not to end up in an entry that goes.
        openMillis = -1;
        try (KeyValueIterator<Bytes, byte[]> old =
                store.range(Keys.timeBound(fromMillis), Keys.timeBound(untilMillis))) {
            int taken = 0;
            while (old.hasNext()) {
                var entry = old.next();
                if (taken >= most) {
                    return Keys.millis(entry.key);
                }
                PackedReader in = new PackedReader(entry.value);
                for (; !in.isAtEnd(); taken++) {
                    each.accept(EventKey.unpack(in.readBytes()));
                }
                store.delete(entry.key);
            }
        }
        return untilMillis;
    }

    /** How many events an entry has. */
    static int count(byte[] entry) {
        int events = 0;
        for (PackedReader in = new PackedReader(entry); !in.isAtEnd(); events++) {
            in.readBytes();
        }
        return events;
    }
}
