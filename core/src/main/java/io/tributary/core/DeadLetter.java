package io.tributary.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, and why.
 *
 * @param topic where it was read
 * @param partition the partition there
 * @param offset the offset there
 * @param stage which step gave up on it, such as {@code decode}
 * @param reason what was wrong, in words
 * @param key the record's key, perhaps cut short; null if it had none
 * @param payload the record's value, perhaps cut short
 * @param payloadLength the value's full length in bytes
 * @param payloadSha256 the full value's checksum where the payload is cut short; null where it is whole
 * @param timeMillis when it was given up, epoch milliseconds
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        String stage,
        String reason,
        byte @Nullable [] key,
        byte[] payload,
        int payloadLength,
        @Nullable String payloadSha256,
        long timeMillis) {

    /** The longest payload that is kept whole; a broker takes records of 1 MiB unless told otherwise. */
    public static final int MAX_PAYLOAD_BYTES = 512 * 1024;

    /** The longest key that is kept whole. */
    public static final int MAX_KEY_BYTES = 64 * 1024;

    /** The longest reason that is kept whole; some exceptions quote all of what they could not read. */
    public static final int MAX_REASON_CHARS = 2000;

    /**
     * A letter about the given record, its payload cut to {@link #MAX_PAYLOAD_BYTES}, its key to {@link #MAX_KEY_BYTES}
     * and the reason to {@link #MAX_REASON_CHARS}, so that the letter is never too large to be written itself.
     */
    public static DeadLetter of(
            String topic,
            int partition,
            long offset,
            String stage,
            String reason,
            byte @Nullable [] key,
            byte[] value,
            long timeMillis) {
        boolean whole = value.length <= MAX_PAYLOAD_BYTES;
        return new DeadLetter(
                topic,
                partition,
                offset,
                stage,
                reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS),
                key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES),
                whole ? value : Arrays.copyOf(value, MAX_PAYLOAD_BYTES),
                value.length,
                whole ? null : Sha256.hex(value),
                timeMillis);
    }
}
