package io.tributary.app.play;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.IsoTime;
import io.tributary.schemas.RecordWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a features topic from rows of text: each field of the schema is taken from the column of the same
 * name. An empty cell is null where the schema allows that, and the field's default where it has one.
 */
public final class RowEncoder {

    private final EnsembleSpec spec;
    private final Schema schema;
    private final RecordWriter writer;
    private final List<Schema.Field> fields = new ArrayList<>();

    /** A row cannot be made a record; the message says which cell and why. */
    static final class BadRowException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRowException(String message) {
            super(message);
        }
    }

    /**
     * An encoder for rows with the given columns.
     *
     * @param source what the rows come from, for messages
     * @throws UserError if a column is missing that the schema, the spec's features or its target need
     */
    public RowEncoder(EnsembleSpec spec, Schema schema, int schemaId, Set<String> columns, String source) {
        this.spec = spec;
        this.schema = schema;
        this.writer = new RecordWriter(schema, schemaId);
        Set<String> needed = new HashSet<>();
        for (Schema.Field field : schema.getFields()) {
            if (columns.contains(field.name())) {
                fields.add(field);
            } else if (!field.hasDefaultValue()) {
                needed.add(field.name());
            }
        }
        spec.features().features().forEach(feature -> needed.add(feature.field()));
        if (spec.features().sequenceKey() != null) {
            needed.add(spec.features().sequenceKey());
        }
        needed.add(spec.events().id());
        needed.add(spec.events().time());
        if (spec.target() == null) {
            throw new UserError(
                    spec.file() + " has no target; set it to the column of " + source + " that holds the label");
        }
        needed.add(spec.target());
        needed.removeAll(columns);
        if (!needed.isEmpty()) {
            throw new UserError(source + " lacks the columns "
                    + String.join(", ", needed.stream().sorted().toList())
                    + ", which " + spec.file() + " and its schema need; it has "
                    + String.join(", ", columns.stream().sorted().toList()));
        }
    }

    /** Encodes one row. */
    PlayedEvent encode(Function<String, String> cell) throws BadRowException {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue()) {
                record.put(field.pos(), GenericData.get().getDefaultValue(field));
            }
        }
        for (Schema.Field field : fields) {
            String text = cell.apply(field.name()).strip();
            if (!text.isEmpty() || !field.hasDefaultValue()) {
                record.put(field.pos(), value(field.name(), text, field.schema()));
            }
        }
        String id = cell.apply(spec.events().id()).strip();
        if (id.isEmpty()) {
            throw new BadRowException(spec.events().id() + " is empty, must name the event");
        }
        return new PlayedEvent(
                id,
                time(spec.events().time(), cell.apply(spec.events().time())),
                writer.write(record),
                label(cell),
                key(cell));
    }

    private @Nullable String key(Function<String, String> cell) {
        String field = spec.features().sequenceKey();
        String key = field == null ? "" : cell.apply(field).strip();
        return key.isEmpty() ? null : key;
    }

    private double label(Function<String, String> cell) throws BadRowException {
        String target = spec.target() == null ? "" : spec.target();
        String text = cell.apply(target).strip();
        try {
            return spec.labels().parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRowException(target + " is '" + text + "', " + e.getMessage());
        }
    }

    private static @Nullable Object value(String name, String text, Schema type) throws BadRowException {
        boolean isTime = type.getLogicalType() instanceof LogicalTypes.TimestampMillis;
        try {
            return switch (type.getType()) {
                case UNION -> union(name, text, type);
                case STRING -> text;
                case BOOLEAN -> text.equals("1") || Boolean.parseBoolean(text);
                case INT -> (int) whole(text);
                case LONG -> isTime ? time(name, text) : whole(text);
                case FLOAT -> Float.parseFloat(text);
                case DOUBLE -> Double.parseDouble(text);
                default ->
                    throw new BadRowException(
                            name + " is of type " + type.getType() + ", which a cell of text cannot fill");
            };
        } catch (NumberFormatException e) {
            throw new BadRowException(name + " is '" + text + "', must be a number");
        }
    }

    private static @Nullable Object union(String name, String text, Schema union) throws BadRowException {
        for (Schema type : union.getTypes()) {
            if (text.isEmpty() == (type.getType() == Schema.Type.NULL)) {
                return text.isEmpty() ? null : value(name, text, type);
            }
        }
        throw new BadRowException(name + " is empty, must have a value");
    }

    /** Whole numbers may be written with a decimal point, as data frames do once a column has gaps. */
    private static long whole(String text) {
        double number = Double.parseDouble(text);
        if (number != Math.rint(number)) {
            throw new NumberFormatException(text);
        }
        return (long) number;
    }

    private static long time(String name, String text) throws BadRowException {
        if (text.matches("-?\\d+")) {
            return Long.parseLong(text);
        }
        Long millis = IsoTime.parse(text);
        if (millis == null) {
            throw new BadRowException(name + " is '" + text + "', must be ISO 8601 or epoch milliseconds");
        }
        return millis;
    }
}
