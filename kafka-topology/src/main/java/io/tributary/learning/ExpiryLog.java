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

    /**
     * Only a short entry is gone on with once others were added to in between: labels that are held come in the order of
     * other times, and each of them may have its entry written once more as a whole.
     */
    private static final int MOST_REOPENED_BYTES = 256;

    private static final byte[] EMPTY = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final Writer writer;
    private long openMillis = -1;
    private int openNumber;
    private Bytes openKey = Bytes.wrap(EMPTY);
    private byte[] open = EMPTY;

    /** Who adds to a store. Each has numbers of its own, for it goes on with an entry without reading it again. */
    enum Writer {
        PREDICTIONS,
        OUTCOMES;

        private static final int COUNT = values().length;
    }

    ExpiryLog(KeyValueStore<Bytes, byte[]> store, Writer writer) {
        this.store = store;
        this.writer = writer;
    }

    /** The first millisecond of a time's second. */
    static long second(long millis) {
        return Math.floorDiv(millis, SECOND_MILLIS) * SECOND_MILLIS;
    }

    /** Adds an event at a time, which must not be negative. */
    void add(long millis, String eventId) {
        byte[] id = EventKey.pack(eventId);
        if (second(millis) != openMillis) {
            open(second(millis), 0);
        } else if (open.length + id.length > MOST_BYTES) {
            open(openMillis, openNumber + 1);
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

    /**
     * Opens an entry that is short or new. Those before it are long, as a rule, so that it is found by doubling and halving;
     * one that is deleted among them does no harm.
     */
    private void open(long second, int first) {
        int above = first;
        int step = 1;
        while (isLong(second, above)) {
            above += step;
            step *= 2;
        }
        int below = above - step / 2 + 1;
        while (below < above) {
            int middle = (below + above) >>> 1;
            if (isLong(second, middle)) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        openMillis = second;
        openNumber = above;
        openKey = key(second, above);
        byte[] known = store.get(openKey);
        open = known == null ? EMPTY : known;
    }

    private boolean isLong(long second, int number) {
        byte[] entry = store.get(key(second, number));
        return entry != null && entry.length >= MOST_REOPENED_BYTES;
    }

    private Bytes key(long second, int number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(second)
                .putInt(number * Writer.COUNT + writer.ordinal())
                .array());
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
        try (KeyValueIterator<Bytes, byte[]> old =
                store.range(Keys.timeBound(fromMillis), Keys.timeBound(untilMillis))) {
            int taken = 0;
            while (old.hasNext()) {
                Bytes key = old.next().key;
                if (taken >= most) {
                    return Keys.millis(key);
                }
                // As it is by now, and gone before its events are taken, for they may be added again.
                PackedReader in = new PackedReader(store.delete(key));
                openMillis = -1;
                for (; !in.isAtEnd(); taken++) {
                    each.accept(EventKey.unpack(in.readBytes()));
                }
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
