package io.tributary.schemas;

import io.tributary.core.Event;
import io.tributary.core.Step;
import io.tributary.core.prepare.Preparation;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.FeatureSpec;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Makes events of the user's records, as the spec maps their fields. Not for several threads. */
public final class EventMapper implements AutoCloseable {

    private final EventFields fields;
    private final List<FeatureSpec> features;
    private final int[] all;
    private final Preparation preparation;
    private final Map<Schema, RecordValues> records = new IdentityHashMap<>();

    /**
     * A mapper for the spec's features topic, with the tokenizers that are on the class path.
     *
     * @throws PreparationException if a feature's tokenizer cannot be opened
     */
    public EventMapper(EnsembleSpec spec) {
        this(spec, TextEncoderLoader.discover());
    }

    /**
     * A mapper for the spec's features topic.
     *
     * @throws PreparationException if a feature's tokenizer cannot be opened
     */
    public EventMapper(EnsembleSpec spec, TextEncoderLoader loader) {
        this.fields = EventFields.of(spec);
        this.features = spec.features().features();
        this.all = IntStream.range(0, features.size()).toArray();
        this.preparation = Preparation.open(spec.features(), loader);
    }

    /**
     * The event that a record stands for which comes from no topic.
     *
     * @param step passed on into the event
     * @throws UndecodableException if the id or time is missing, or a field has a type it must not have
     */
    public Event map(GenericRecord record, @Nullable Step step) throws UndecodableException {
        return map(record, step, -1, 0);
    }

    /**
     * The event that a record stands for. Its sequences hold its own value alone; {@link
     * io.tributary.core.prepare.Sequences} puts in those before.
     *
     * @param step passed on into the event
     * @param position passed on into the event
     * @param arrivedMillis passed on into the event
     * @throws UndecodableException if the id or time is missing, or a field has a type it must not have
     */
    public Event map(GenericRecord record, @Nullable Step step, long position, long arrivedMillis)
            throws UndecodableException {
        return map(record, row(), step, position, arrivedMillis);
    }

    Event map(GenericRecord record, float[] row, @Nullable Step step, long position, long arrivedMillis)
            throws UndecodableException {
        RecordValues values =
                records.computeIfAbsent(record.getSchema(), schema -> new RecordValues(fields.names(), schema));
        return event(values.of(record), all, row, step, position, arrivedMillis);
    }

    /** A row that no event has. */
    float[] row() {
        return preparation.row();
    }

    /** How to read events from the bytes of records that the given schema wrote. */
    DirectPlan plan(Schema writer) {
        return new DirectPlan(writer, fields, preparation);
    }

    /**
     * The event that the bytes of a record stand for.
     *
     * @throws DeclinedException if the plan does not read it; its event, if it is one, is then that of the record
     */
    Event map(DirectPlan plan, byte[] bytes, float[] row, @Nullable Step step, long position, long arrivedMillis)
            throws UndecodableException {
        return event(plan.read(bytes, row), plan.toFill(), row, step, position, arrivedMillis);
    }

    private Event event(
            FieldValues values, int[] toFill, float[] row, @Nullable Step step, long position, long arrivedMillis)
            throws UndecodableException {
        String id = values.requiredText(EventFields.ID);
        long time = values.requiredTimeMillis(EventFields.TIME);
        for (int i : toFill) {
            if (features.get(i).isText()) {
                text(i, values.text(EventFields.feature(i)), row);
            } else {
                preparation.fill(i, values.number(EventFields.feature(i)), row);
            }
        }
        String segment = fields.segment() < 0 ? null : values.text(fields.segment());
        String key = fields.key() < 0 ? null : values.text(fields.key());
        // An empty text names nobody.
        return new Event(
                id, time, segment, row, step, position, arrivedMillis, key == null || key.isEmpty() ? null : key, 0);
    }

    private void text(int i, @Nullable String value, float[] row) throws UndecodableException {
        try {
            preparation.fill(i, value, row);
        } catch (PreparationException e) {
            throw new UndecodableException("field " + features.get(i).field() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        preparation.close();
    }
}
