package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Reads what {@link PackedWriter} wrote, in the same order. */
final class PackedReader {

    private final ByteBuffer bytes;

    /** Reads from the beginning. */
    PackedReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    int readByte() {
        return bytes.get();
    }

    long readUnsigned() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    int readCount() {
        return (int) readUnsigned();
    }

    long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    double readDouble() {
        return bytes.getDouble();
    }

    double[] readDoubles(boolean asFloats) {
        double[] values = new double[readCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = asFloats ? bytes.getFloat() : bytes.getDouble();
        }
        return values;
    }

    String readText() {
        return new String(readBytes(), UTF_8);
    }

    byte[] readBytes() {
        byte[] some = new byte[readCount()];
        bytes.get(some);
        return some;
    }
}
