package io.tributary.schemas;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;

/**
 * Avro's binary encoding into an array that grows and is used again. Avro's own encoders write to a stream, which costs a
 * call and a check for each number. Not for several threads.
 */
final class ArrayEncoder extends BinaryEncoder {

    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[512];
    private int size;

    /** Begins again, behind the given bytes. */
    void reset(byte[] header) {
        size = 0;
        writeFixed(header, 0, header.length);
    }

    /** A copy of all that was written. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** A copy of all that was written, in one of the given arrays. */
    byte[] toBytes(ReusedArrays arrays) {
        byte[] copy = arrays.ofLength(size);
        System.arraycopy(bytes, 0, copy, 0, size);
        return copy;
    }

    private void need(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        need(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        writeLong(value);
    }

    @Override
    public void writeLong(long value) {
        need(LONGEST_NUMBER);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    @Override
    public void writeFloat(float value) {
        need(Float.BYTES);
        FLOATS.set(bytes, size, value);
        size += Float.BYTES;
    }

    @Override
    public void writeDouble(double value) {
        need(Double.BYTES);
        DOUBLES.set(bytes, size, value);
        size += Double.BYTES;
    }

    /** Doubles that follow one another: room is made for them at once. */
    void writeDoubles(double[] values, int from, int count) {
        need(count * Double.BYTES);
        for (int i = 0; i < count; i++) {
            DOUBLES.set(bytes, size + i * Double.BYTES, values[from + i]);
        }
        size += count * Double.BYTES;
    }

    /** Most texts are ASCII, and then as long in bytes as in characters. */
    @Override
    public void writeString(String text) throws IOException {
        int length = text.length();
        int before = size;
        writeLong(length);
        need(length);
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            if (next >= 0x80) {
                size = before;
                super.writeString(text);
                return;
            }
            bytes[size + i] = (byte) next;
        }
        size += length;
    }

    @Override
    public void writeFixed(byte[] from, int start, int length) {
        need(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    @Override
    protected void writeZero() {
        need(1);
        bytes[size++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {}
}
