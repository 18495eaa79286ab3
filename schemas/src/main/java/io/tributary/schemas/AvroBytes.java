package io.tributary.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A place in the Avro binary encoding of a record. It is as lenient as Avro's own decoder, and declines what that may
 * refuse. Not for several threads.
 */
final class AvroBytes {

    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    /** From so many floats on it pays to make a view of them, which copies them at once. */
    private static final int MANY_FLOATS = 16;

    private static final int LONGEST_INT = 5;
    private static final int LONGEST_LONG = 10;

    private byte[] bytes = {};
    private int at;

    /** Begins at the given index of a record, which ends where the array does. */
    void reset(byte[] record, int from) {
        bytes = record;
        at = from;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    int remaining() {
        return bytes.length - at;
    }

    /** Passes over so many bytes, and says where they begin. */
    int skip(long count) throws DeclinedException {
        if (count < 0 || count > remaining()) {
            throw DeclinedException.INSTANCE;
        }
        int from = at;
        at += (int) count;
        return from;
    }

    boolean nextBoolean() throws DeclinedException {
        return bytes[skip(1)] == 1;
    }

    int nextInt() throws DeclinedException {
        int value = 0;
        for (int i = 0; i < LONGEST_INT; i++) {
            byte next = bytes[skip(1)];
            value |= (next & 0x7f) << 7 * i;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw DeclinedException.INSTANCE;
    }

    long nextLong() throws DeclinedException {
        long value = 0;
        for (int i = 0; i < LONGEST_LONG; i++) {
            byte next = bytes[skip(1)];
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw DeclinedException.INSTANCE;
    }

    float nextFloat() throws DeclinedException {
        return (float) FLOATS.get(bytes, skip(Float.BYTES));
    }

    double nextDouble() throws DeclinedException {
        return (double) DOUBLES.get(bytes, skip(Double.BYTES));
    }

    /** One of so many: an enum's symbol or a union's branch. */
    int nextIndex(int count) throws DeclinedException {
        int index = nextInt();
        if (index < 0 || index >= count) {
            throw DeclinedException.INSTANCE;
        }
        return index;
    }

    /** Text, of which Avro, too, replaces what is not UTF-8. */
    String text(int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Copies floats that follow one another. */
    void nextFloats(float[] into, int first, int count) throws DeclinedException {
        int from = skip((long) count * Float.BYTES);
        if (count < MANY_FLOATS) {
            for (int i = 0; i < count; i++) {
                into[first + i] = (float) FLOATS.get(bytes, from + i * Float.BYTES);
            }
        } else {
            ByteBuffer.wrap(bytes, from, count * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(into, first, count);
        }
    }

    /** Rounds doubles that follow one another. */
    void nextDoubles(float[] into, int first, int count) throws DeclinedException {
        int from = skip((long) count * Double.BYTES);
        for (int i = 0; i < count; i++) {
            into[first + i] = (float) (double) DOUBLES.get(bytes, from + i * Double.BYTES);
        }
    }
}
