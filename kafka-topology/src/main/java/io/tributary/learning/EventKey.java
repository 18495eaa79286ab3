package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * An event's id as a key of stores: a byte that says how, then a UUID as its 16 bytes or any other id as UTF-8 text. Only
 * a UUID in its canonical form, 36 characters in lower case, is packed, so that every id comes back as it was.
 */
final class EventKey {

    private static final byte TEXT = 0;
    private static final byte UUID = 1;
    private static final int UUID_CHARACTERS = 36;
    private static final int UUID_BYTES = 1 + 2 * Long.BYTES;
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private EventKey() {}

    /** The key of an event. */
    static Bytes of(String eventId) {
        return Bytes.wrap(pack(eventId));
    }

    /** The bytes of an event's key. */
    static byte[] pack(String eventId) {
        if (isUuid(eventId)) {
            return ByteBuffer.allocate(UUID_BYTES)
                    .put(UUID)
                    .putLong(digits(eventId, 0, 18))
                    .putLong(digits(eventId, 19, UUID_CHARACTERS))
                    .array();
        }
        byte[] text = eventId.getBytes(UTF_8);
        byte[] key = new byte[1 + text.length];
        key[0] = TEXT;
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    private static boolean isUuid(String id) {
        if (id.length() != UUID_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARACTERS; i++) {
            char c = id.charAt(i);
            boolean fits = isDash(i) ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    /** The number that 16 hexadecimal digits make, dashes left out. */
    private static long digits(String id, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            if (!isDash(i)) {
                number = number << 4 | Character.digit(id.charAt(i), 16);
            }
        }
        return number;
    }

    /**
     * The event's id in a key.
     *
     * @throws IllegalStateException if it is no such key
     */
    static String unpack(byte[] key) {
        if (key.length == UUID_BYTES && key[0] == UUID) {
            return uuid(ByteBuffer.wrap(key, 1, 2 * Long.BYTES));
        }
        if (key.length == 0 || key[0] != TEXT) {
            throw new IllegalStateException("the stored key " + Arrays.toString(key)
                    + " is of another version of Tributary; run that, or give the ensemble a new name to start afresh");
        }
        return new String(key, 1, key.length - 1, UTF_8);
    }

    private static String uuid(ByteBuffer bytes) {
        char[] text = new char[UUID_CHARACTERS];
        for (int i = 0; i < UUID_CHARACTERS; i++) {
            if (isDash(i)) {
                text[i] = '-';
            } else {
                int both = bytes.get() & 0xFF;
                text[i] = DIGITS[both >> 4];
                text[++i] = DIGITS[both & 0xF];
            }
        }
        return new String(text);
    }
}
