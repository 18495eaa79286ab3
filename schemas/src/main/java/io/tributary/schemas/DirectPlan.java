package io.tributary.schemas;

import io.tributary.core.prepare.Preparation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * How to read an event straight from the bytes of records that one schema wrote, with no record in between: fields that
 * nobody reads are passed over, and numbers that are columns as they are go into the row. It reads what Avro reads, to
 * the bit, or declines: bytes that do not fit the schema, values that the spec cannot use, fields that are read and are
 * bytes, fixed, arrays, maps or records, and arrays with more items than bytes. Those are read by {@link RecordReader},
 * and it or {@link EventMapper} says what is wrong with them. Not for several threads.
 */
final class DirectPlan {

    private final AvroBytes bytes = new AvroBytes();
    private final DirectValues values;
    private final AvroStep steps;
    private final int[] toFill;

    /**
     * Plans for a schema.
     *
     * @param schema a record's
     */
    DirectPlan(Schema schema, EventFields fields, Preparation preparation) {
        Map<List<String>, Integer> slots = new HashMap<>();
        int[] slotOf = new int[fields.names().size()];
        for (int i = 0; i < slotOf.length; i++) {
            List<String> path = List.of(FieldPath.steps(fields.names().get(i)));
            slotOf[i] = slots.computeIfAbsent(path, each -> slots.size());
        }
        List<DirectPlanner.Wanted> wanted = new ArrayList<>();
        slots.forEach((path, slot) -> wanted.add(new DirectPlanner.Wanted(path, slot)));
        DirectColumns columns = new DirectColumns(fields, slotOf, slots.size(), preparation);
        this.values = new DirectValues(slotOf, slots.size(), bytes);
        this.steps = new DirectPlanner(columns).read(schema, wanted, true);
        this.toFill = columns.toFill();
    }

    /**
     * Reads a record.
     *
     * @param row where the columns go that need no preparation
     * @return its fields; those of features only as far as they are {@link #toFill}. Reused.
     */
    FieldValues read(byte[] record, float[] row) throws DeclinedException {
        bytes.reset(record, WireFormat.HEADER_BYTES);
        values.reset(row);
        steps.run(bytes, values);
        if (!bytes.isAtEnd()) {
            throw DeclinedException.INSTANCE;
        }
        return values;
    }

    /** The features that are not in the row yet. */
    int[] toFill() {
        return toFill;
    }
}
