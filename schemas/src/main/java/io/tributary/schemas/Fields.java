package io.tributary.schemas;

import java.io.IOException;
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

    static void writeNull(Encoder out) throws IOException {
        out.writeIndex(0);
        out.writeNull();
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
