package io.tributary.schemas;

import io.tributary.core.Prediction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Nullable fields, written and read: a union of null and one type, null first. NaN stands for null among doubles. */
final class Fields {

    private Fields() {}

    static void writeOptional(Encoder out, double value) throws IOException {
        if (Double.isNaN(value)) {
            writeNull(out);
        } else {
            out.writeIndex(1);
            out.writeDouble(value);
        }
    }

    static void writeOptional(Encoder out, @Nullable String value) throws IOException {
        if (value == null) {
            writeNull(out);
        } else {
            out.writeIndex(1);
            out.writeString(value);
        }
    }

    static void writeOptional(Encoder out, long value, long absent) throws IOException {
        if (value == absent) {
            writeNull(out);
        } else {
            out.writeIndex(1);
            out.writeLong(value);
        }
    }

    static void writeNull(Encoder out) throws IOException {
        out.writeIndex(0);
        out.writeNull();
    }

    static void writeArray(Encoder out, double[] values) throws IOException {
        writeArray(out, values, 0, values.length);
    }

    static void writeArray(Encoder out, double[] values, int from, int count) throws IOException {
        out.writeArrayStart();
        out.setItemCount(count);
        if (out instanceof ArrayEncoder array) {
            array.writeDoubles(values, from, count);
        } else {
            for (int i = from; i < from + count; i++) {
                out.startItem();
                out.writeDouble(values[i]);
            }
        }
        out.writeArrayEnd();
    }

    static void writeStrings(Encoder out, String[] values) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.length);
        for (String value : values) {
            out.startItem();
            out.writeString(value);
        }
        out.writeArrayEnd();
    }

    static String[] strings(GenericRecord from, String field) {
        return ((List<?>) from.get(field)).stream().map(Object::toString).toArray(String[]::new);
    }

    /**
     * A member's numbers, one or one a class.
     *
     * @param field holds the one number
     * @param classField holds one a class; if it is empty where there should be several, all of them are the one number
     *     that stands for nothing: NaN of a score, 0 of a contribution
     */
    static void readScore(GenericRecord member, String field, String classField, double[] into, int k, int width) {
        if (width == 1) {
            into[k] = optionalDouble(member, field);
            return;
        }
        double[] values = array(member, classField);
        for (int c = 0; c < width; c++) {
            into[k * width + c] = c < values.length ? values[c] : optionalDouble(member, field);
        }
    }

    static double[] array(GenericRecord from, String field) {
        List<?> values = (List<?>) from.get(field);
        double[] array = new double[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = (double) values.get(i);
        }
        return array;
    }

    static byte[] bytes(GenericRecord from, String field) {
        ByteBuffer buffer = ((ByteBuffer) from.get(field)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static void writeInterval(Encoder out, Prediction.@Nullable Interval interval) throws IOException {
        if (interval == null) {
            writeNull(out);
            return;
        }
        out.writeIndex(1);
        out.writeDouble(interval.lower());
        out.writeDouble(interval.upper());
        out.writeDouble(interval.level());
    }

    static Prediction.@Nullable Interval interval(GenericRecord from) {
        GenericRecord interval = (GenericRecord) from.get("interval");
        return interval == null
                ? null
                : new Prediction.Interval(
                        doubleValue(interval, "lower"), doubleValue(interval, "upper"), doubleValue(interval, "level"));
    }

    static String string(GenericRecord from, String field) {
        return from.get(field).toString();
    }

    static @Nullable String optionalString(GenericRecord from, String field) {
        Object value = from.get(field);
        return value == null ? null : value.toString();
    }

    static double optionalDouble(GenericRecord from, String field) {
        Object value = from.get(field);
        return value == null ? Double.NaN : (double) value;
    }

    static long optionalLong(GenericRecord from, String field, long absent) {
        Object value = from.get(field);
        return value == null ? absent : (long) value;
    }

    static long longValue(GenericRecord from, String field) {
        return (long) from.get(field);
    }

    static int intValue(GenericRecord from, String field) {
        return (int) from.get(field);
    }

    static double doubleValue(GenericRecord from, String field) {
        return (double) from.get(field);
    }
}
