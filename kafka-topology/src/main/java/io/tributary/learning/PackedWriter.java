package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes numbers in as few bytes as they need without losing a bit. Its buffer is reused; not for several threads. */
final class PackedWriter {

    private byte[] bytes = new byte[256];
    private int size;

    /** Begins anew. */
    PackedWriter clear() {
        size = 0;
        return this;
    }

    /** What was written. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void writeByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** A number in one byte for every seven bits up to its highest; a negative one takes ten. */
    void writeUnsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number that may be negative, in the fewer bytes the nearer it is to 0. */
    void writeSigned(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    void writeDouble(double value) {
        room(Double.BYTES);
        ByteBuffer.wrap(bytes, size, Double.BYTES).putDouble(value);
        size += Double.BYTES;
    }

    /** How many there are, and each: as a float if {@code asFloats}, which loses nothing where {@link #areFloats}. */
    void writeDoubles(double[] values, boolean asFloats) {
        writeUnsigned(values.length);
        int width = asFloats ? Float.BYTES : Double.BYTES;
        room(values.length * width);
        ByteBuffer into = ByteBuffer.wrap(bytes, size, values.length * width);
        for (double value : values) {
            if (asFloats) {
                into.putFloat((float) value);
            } else {
                into.putDouble(value);
            }
        }
        size += values.length * width;
    }

    /** Whether all numbers are floats, as models answer, so that four bytes hold each to the last bit. */
    static boolean areFloats(double[] values) {
        for (double value : values) {
            if (Double.doubleToRawLongBits((float) value) != Double.doubleToRawLongBits(value)) {
                return false;
            }
        }
        return true;
    }

    void writeText(String text) {
        writeBytes(text.getBytes(UTF_8));
    }

    /** How many bytes there are, and these. */
    void writeBytes(byte[] some) {
        writeUnsigned(some.length);
        room(some.length);
        System.arraycopy(some, 0, bytes, size, some.length);
        size += some.length;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
