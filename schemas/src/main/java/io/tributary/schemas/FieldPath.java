package io.tributary.schemas;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a field of the user's records is, resolved once for each schema they are written with. A dotted name reaches
 * into nested records; unions with null are looked through. A field that the schema lacks reads as null.
 */
final class FieldPath {

    private final String name;
    private final int[] positions;
    private final double unitsPerMilli;

    private FieldPath(String name, int[] positions, double unitsPerMilli) {
        this.name = name;
        this.positions = positions;
        this.unitsPerMilli = unitsPerMilli;
    }

    /** The place of a field in records of the given schema. */
    static FieldPath of(String name, Schema schema) {
        String[] steps = name.split("\\.");
        int[] positions = new int[steps.length];
        Schema at = schema;
        for (int i = 0; i < steps.length; i++) {
            Schema.Field field = at.getType() == Schema.Type.RECORD ? at.getField(steps[i]) : null;
            if (field == null) {
                return new FieldPath(name, new int[0], 1);
            }
            positions[i] = field.pos();
            at = withoutNull(field.schema());
        }
        LogicalType logical = at.getLogicalType();
        boolean micros =
                logical instanceof LogicalTypes.TimestampMicros || logical instanceof LogicalTypes.LocalTimestampMicros;
        return new FieldPath(name, positions, micros ? 1000 : 1);
    }

    static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema);
    }

    private @Nullable Object value(GenericRecord record) {
        Object at = positions.length == 0 ? null : record;
        for (int position : positions) {
            if (!(at instanceof GenericRecord nested)) {
                return null;
            }
            at = nested.get(position);
        }
        return at;
    }

    /** A number, or a boolean as 1 or 0; NaN if it is null. */
    double number(GenericRecord record) throws UndecodableException {
        Object value = value(record);
        if (value == null) {
            return Double.NaN;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        throw new UndecodableException("field " + name + " is " + shown(value) + ", must be a number");
    }

    /** Text, or a number, boolean or enum as text; null if it is null. */
    @Nullable
    String text(GenericRecord record) throws UndecodableException {
        Object value = value(record);
        if (value == null) {
            return null;
        }
        if (value instanceof GenericRecord || value instanceof Iterable || value instanceof java.util.Map) {
            throw new UndecodableException("field " + name + " is " + shown(value) + ", must be a single value");
        }
        return value.toString();
    }

    /** Text that must be there. */
    String requiredText(GenericRecord record) throws UndecodableException {
        String text = text(record);
        if (text == null || text.isEmpty()) {
            throw new UndecodableException("field " + name + " is missing, must be given");
        }
        return text;
    }

    /** A point in time that must be there, as epoch milliseconds: a number, a timestamp type, or ISO 8601 text. */
    long requiredTimeMillis(GenericRecord record) throws UndecodableException {
        Object value = value(record);
        if (value == null) {
            throw new UndecodableException("field " + name + " is missing, must be given");
        }
        if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            return unitsPerMilli == 1 ? number : Math.floorDiv(number, (long) unitsPerMilli);
        }
        if (value instanceof CharSequence) {
            Long millis = IsoTime.parse(value.toString());
            if (millis != null) {
                return millis;
            }
        }
        throw new UndecodableException("field " + name + " is " + shown(value)
                + ", must be epoch milliseconds, a timestamp type or ISO 8601 text");
    }

    /** A value as a message shows it: short, and text in quotes. */
    private static String shown(Object value) {
        String text = value.toString();
        String cut = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return value instanceof CharSequence ? "the text '" + cut + "'" : cut;
    }
}
