package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Keys that are ordered by time: eight bytes of a time, highest first, then the event's id as UTF-8 text. */
final class Keys {

    private static final int SHOWN_CHARACTERS = 60;

    private Keys() {}

    /** The key of an event at the given time, which must not be negative. */
    static Bytes timed(long millis, String eventId) {
        byte[] id = eventId.getBytes(UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(millis)
                .put(id)
                .array());
    }

    /** A bound: above all keys of earlier times, below all keys of this time. */
    static Bytes timeBound(long millis) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }

    /** The time in a key. */
    static long millis(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }

    /** The event's id in a key. */
    static String eventId(Bytes key) {
        return new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, UTF_8);
    }

    /** A record's key as a message shows it. */
    static String shown(byte @Nullable [] key) {
        return key == null
                ? "null"
                : "'" + new String(Arrays.copyOf(key, Math.min(key.length, SHOWN_CHARACTERS)), UTF_8) + "'";
    }
}
