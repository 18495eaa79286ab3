package io.tributary.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the steps of one schema. */
final class DirectPlanner {
    /** A field that is read: where it is from here, and its slot. */
    record Wanted(List<String> path, int slot) {

        boolean isHere() {
            return path.size() == 1;
        }

        Wanted inside() {
            return new Wanted(path.subList(1, path.size()), slot);
        }
    }

    private final DirectColumns columns;
    private final Map<Schema, List<AvroStep>> skipped = new IdentityHashMap<>();

    DirectPlanner(DirectColumns columns) {
        this.columns = columns;
    }

    /**
     * Reads what is wanted inside of a value; nothing is inside of what is no record.
     *
     * @param sure whether every record has the value
     */
    AvroStep read(Schema schema, Collection<Wanted> wanted, boolean sure) {
        return switch (schema.getType()) {
            case UNION ->
                new AvroStep.OneOf(schema.getTypes().stream()
                        .map(branch -> read(branch, wanted, false))
                        .toArray(AvroStep[]::new));
            case RECORD -> record(schema, wanted, sure);
            default -> skip(schema);
        };
    }

    private AvroStep record(Schema schema, Collection<Wanted> wanted, boolean sure) {
        List<AvroStep> steps = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            List<Wanted> here = wanted.stream()
                    .filter(each -> each.path().get(0).equals(field.name()))
                    .toList();
            add(here.isEmpty() ? skip(field.schema()) : field(field.schema(), here, sure), steps);
        }
        return new AvroStep.All(List.copyOf(steps));
    }

    private AvroStep field(Schema schema, List<Wanted> here, boolean sure) {
        List<Wanted> values = here.stream().filter(Wanted::isHere).toList();
        if (values.isEmpty()) {
            return read(schema, here.stream().map(Wanted::inside).toList(), sure);
        }
        // A field that is read as a value and has fields that are read, too, is a record, and no value.
        int slot = values.get(0).slot();
        AvroStep column = sure && columns.isPlain(slot) ? column(schema, slot) : null;
        if (column != null) {
            return column;
        }
        return value(schema, slot, FieldPath.unitsPerMilli(FieldPath.withoutNull(schema)));
    }

    /** Reads a number straight into its column; null if the type does not allow it. */
    private @Nullable AvroStep column(Schema schema, int slot) {
        return switch (schema.getType()) {
            case FLOAT -> new AvroStep.Numbers(columns.take(slot), 1, true);
            case DOUBLE -> new AvroStep.Numbers(columns.take(slot), 1, false);
            case UNION -> optionalColumn(schema.getTypes(), slot);
            default -> null;
        };
    }

    private @Nullable AvroStep optionalColumn(List<Schema> branches, int slot) {
        int nullIndex = branches.indexOf(Schema.create(Schema.Type.NULL));
        if (branches.size() != 2 || nullIndex < 0) {
            return null;
        }
        return switch (branches.get(1 - nullIndex).getType()) {
            case FLOAT -> new AvroStep.Optionals(columns.take(slot), 1, nullIndex, true);
            case DOUBLE -> new AvroStep.Optionals(columns.take(slot), 1, nullIndex, false);
            default -> null;
        };
    }

    private AvroStep value(Schema schema, int slot, long unitsPerMilli) {
        return switch (schema.getType()) {
            case UNION ->
                new AvroStep.OneOf(schema.getTypes().stream()
                        .map(branch -> value(branch, slot, unitsPerMilli))
                        .toArray(AvroStep[]::new));
            case NULL -> new AvroStep.Skip(0);
            default -> new AvroStep.Take(schema, slot, unitsPerMilli);
        };
    }

    private AvroStep skip(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> new AvroStep.Skip(0);
            case BOOLEAN -> new AvroStep.Skip(1);
            case FLOAT -> new AvroStep.Skip(Float.BYTES);
            case DOUBLE -> new AvroStep.Skip(Double.BYTES);
            case FIXED -> new AvroStep.Skip(schema.getFixedSize());
            case INT -> AvroStep.SKIP_INT;
            case LONG -> AvroStep.SKIP_LONG;
            case STRING, BYTES -> AvroStep.SKIP_BYTES;
            case ENUM -> new AvroStep.SkipIndex(schema.getEnumSymbols().size());
            case ARRAY -> new AvroStep.SkipBlocks(skip(schema.getElementType()));
            case MAP ->
                new AvroStep.SkipBlocks(new AvroStep.All(List.of(AvroStep.SKIP_BYTES, skip(schema.getValueType()))));
            case UNION ->
                new AvroStep.OneOf(schema.getTypes().stream().map(this::skip).toArray(AvroStep[]::new));
            case RECORD -> skipRecord(schema);
        };
    }

    /** A record may be inside of itself, and then what passes over it is, too. */
    private AvroStep skipRecord(Schema schema) {
        List<AvroStep> known = skipped.get(schema);
        if (known != null) {
            return new AvroStep.All(known);
        }
        List<AvroStep> steps = new ArrayList<>();
        skipped.put(schema, steps);
        schema.getFields().forEach(field -> add(skip(field.schema()), steps));
        return all(steps);
    }

    private static AvroStep all(List<AvroStep> steps) {
        return steps.size() == 1 && steps.get(0) instanceof AvroStep.Skip only ? only : new AvroStep.All(steps);
    }

    /** Adds a step, as part of the one before it where both are of one kind and go on where the other ends. */
    private static void add(AvroStep step, List<AvroStep> steps) {
        int last = steps.size() - 1;
        AvroStep merged = last < 0 ? null : steps.get(last).with(step);
        if (merged == null) {
            steps.add(step);
        } else {
            steps.set(last, merged);
        }
    }
}
