package io.tributary.schemas;

import io.tributary.core.Prediction;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields in the order in which they were written, as {@link Fields} writes them, and makes no objects but the values.
 * What is named over and over, such as a member, is one string for all records. Not for several threads.
 */
final class DirectDecoder {

    private static final int MOST_NAMES = 10_000;
    private static final double[] NO_DOUBLES = {};
    private static final String[] NO_STRINGS = {};

    private final Map<Utf8, String> names = new HashMap<>();
    private final Utf8 text = new Utf8();
    private double[] doubles = new double[16];
    private BinaryDecoder in = DecoderFactory.get().binaryDecoder(new byte[0], null);

    /** Begins with a record's bytes. */
    DirectDecoder begin(byte[] record, int from) {
        in = DecoderFactory.get().binaryDecoder(record, from, record.length - from, in);
        return this;
    }

    /** What it reads from, to skip what is not wanted. */
    BinaryDecoder in() {
        return in;
    }

    /** Whether a union of null and another type holds that. */
    boolean isPresent() throws IOException {
        int index = in.readIndex();
        if (index < 0 || index > 1) {
            throw new IOException("a union of two types has no type " + index);
        }
        return index == 1;
    }

    String string() throws IOException {
        return in.readString(text).toString();
    }

    /** A string of which there are few. */
    String name() throws IOException {
        Utf8 read = in.readString(text);
        String known = names.get(read);
        if (known == null) {
            known = read.toString();
            if (names.size() < MOST_NAMES) {
                names.put(new Utf8(read), known);
            }
        }
        return known;
    }

    @Nullable
    String optionalName() throws IOException {
        return isPresent() ? name() : null;
    }

    double optionalDouble() throws IOException {
        return isPresent() ? in.readDouble() : Double.NaN;
    }

    double[] doubles() throws IOException {
        int size = 0;
        for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            int end = size + fitting(block, Double.BYTES);
            if (end > doubles.length) {
                doubles = Arrays.copyOf(doubles, Math.max(end, 2 * doubles.length));
            }
            while (size < end) {
                doubles[size++] = in.readDouble();
            }
        }
        return size == 0 ? NO_DOUBLES : Arrays.copyOf(doubles, size);
    }

    String[] names() throws IOException {
        String[] all = NO_STRINGS;
        int size = 0;
        for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            int end = size + fitting(block, 1);
            if (end > all.length) {
                all = Arrays.copyOf(all, Math.max(end, 2 * all.length));
            }
            while (size < end) {
                all[size++] = name();
            }
        }
        return size == all.length ? all : Arrays.copyOf(all, size);
    }

    Prediction.@Nullable Interval interval() throws IOException {
        return isPresent() ? new Prediction.Interval(in.readDouble(), in.readDouble(), in.readDouble()) : null;
    }

    /** Counts what it skips, as reading would, and does not go by the size that a block may state. */
    void skipDoubles() throws IOException {
        for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            in.skipFixed(Math.multiplyExact(fitting(block, Double.BYTES), Double.BYTES));
        }
    }

    /** How many items a block has, if that many can be in what is left. */
    private int fitting(long block, int leastBytes) throws IOException {
        if (block > in.remainingBytes() / leastBytes) {
            throw new IOException("an array has a block of " + block + " items of at least " + leastBytes
                    + " bytes each, but " + in.remainingBytes() + " bytes are left");
        }
        return (int) block;
    }
}
