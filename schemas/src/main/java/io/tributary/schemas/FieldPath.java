package io.tributary.schemas;

import java.nio.ByteBuffer;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a field of the user's records is, resolved once for each schema they are written with. A dotted name reaches
 * into nested records; unions with null are looked through. A field that the schema lacks reads as null. In a union of
 * several records the place is that in the first; in another one the field is looked up by its name.
 */
final class FieldPath {

    private final String name;
    private final String[] steps;
    private final @Nullable Schema[] records;
    private final int[] positions;
    private final long unitsPerMilli;

    private FieldPath(String name, String[] steps, @Nullable Schema[] records, int[] positions, long unitsPerMilli) {
        this.name = name;
        this.steps = steps;
        this.records = records;
        this.positions = positions;
        this.unitsPerMilli = unitsPerMilli;
    }

    /** The place of a field in records of the given schema. */
    static FieldPath of(String name, Schema schema) {
        String[] steps = steps(name);
        @Nullable Schema[] records = new @Nullable Schema[steps.length];
        int[] positions = new int[steps.length];
        Schema at = schema;
        for (int i = 0; i < steps.length; i++) {
            Schema.Field field = at.getType() == Schema.Type.RECORD ? at.getField(steps[i]) : null;
            if (field == null) {
                return new FieldPath(name, steps, records, positions, 1);
            }
            records[i] = at;
            positions[i] = field.pos();
            at = withoutNull(field.schema());
        }
        return new FieldPath(name, steps, records, positions, unitsPerMilli(at));
    }

    /** The names of the fields on the way to a field. */
    static String[] steps(String name) {
        return name.split("\\.");
    }

    /** How many units of a field's numbers are a millisecond, if it is a time. */
    static long unitsPerMilli(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        String type = logical == null ? "" : logical.getName();
        return type.endsWith("timestamp-micros") ? 1000 : type.endsWith("timestamp-nanos") ? 1_000_000 : 1;
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
        return field(holder(record), steps.length - 1);
    }

    /** The innermost record, of which the field is one; null if there is none. */
    private @Nullable GenericRecord holder(GenericRecord record) {
        GenericRecord holder = record;
        for (int i = 0; i < steps.length - 1; i++) {
            if (!(field(holder, i) instanceof GenericRecord nested)) {
                return null;
            }
            holder = nested;
        }
        return holder;
    }

    private @Nullable Object field(@Nullable GenericRecord holder, int step) {
        if (holder == null) {
            return null;
        }
        if (isPlanned(holder, step)) {
            return holder.get(positions[step]);
        }
        Schema.Field field = holder.getSchema().getField(steps[step]);
        return field == null ? null : holder.get(field.pos());
    }

    /** By identity, which is cheap: where equal schemas are two objects, the name finds the same field. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isPlanned(GenericRecord holder, int step) {
        return holder.getSchema() == records[step];
    }

    private long unitsPerMilli(GenericRecord record) {
        int last = steps.length - 1;
        GenericRecord holder = holder(record);
        if (holder == null || isPlanned(holder, last)) {
            return unitsPerMilli;
        }
        Schema.Field field = holder.getSchema().getField(steps[last]);
        return field == null ? unitsPerMilli : unitsPerMilli(withoutNull(field.schema()));
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
        if (!isSingle(value)) {
            throw new UndecodableException("field " + name + " is " + shown(value) + ", must be a single value");
        }
        return value.toString();
    }

    private static boolean isSingle(Object value) {
        return value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof GenericEnumSymbol;
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
            return Math.floorDiv(number, unitsPerMilli(record));
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
        String text = value instanceof ByteBuffer || value instanceof GenericFixed ? "bytes" : value.toString();
        String cut = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return value instanceof CharSequence ? "the text '" + cut + "'" : cut;
    }
}
