package io.tributary.schemas;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** The fields of records that one schema has. */
final class RecordValues implements FieldValues {

    private final FieldPath[] paths;
    private @Nullable GenericRecord record;

    RecordValues(List<String> names, Schema schema) {
        this.paths = names.stream().map(name -> FieldPath.of(name, schema)).toArray(FieldPath[]::new);
    }

    /** Those of the given record from now on. */
    FieldValues of(GenericRecord next) {
        record = next;
        return this;
    }

    private GenericRecord record() {
        if (record == null) {
            throw new IllegalStateException("there is no record");
        }
        return record;
    }

    @Override
    public @Nullable String text(int field) throws UndecodableException {
        return paths[field].text(record());
    }

    @Override
    public String requiredText(int field) throws UndecodableException {
        return paths[field].requiredText(record());
    }

    @Override
    public long requiredTimeMillis(int field) throws UndecodableException {
        return paths[field].requiredTimeMillis(record());
    }

    @Override
    public double number(int field) throws UndecodableException {
        return paths[field].number(record());
    }
}
