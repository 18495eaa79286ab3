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
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Makes events of the user's records, as the spec maps their fields. Not for several threads. */
public final class EventMapper implements AutoCloseable {

    private final EnsembleSpec spec;
    private final List<FeatureSpec> features;
    private final Preparation preparation;
    private final Map<Schema, Plan> plans = new IdentityHashMap<>();

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
        this.spec = spec;
        this.features = spec.features().features();
        this.preparation = Preparation.open(spec.features(), loader);
    }

    /** Where the spec's fields are in records of one schema. */
    private record Plan(
            FieldPath id,
            FieldPath time,
            @Nullable FieldPath segment,
            @Nullable FieldPath key,
            FieldPath[] features) {}

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
        Plan plan = plans.computeIfAbsent(record.getSchema(), this::plan);
        String id = plan.id.requiredText(record);
        long time = plan.time.requiredTimeMillis(record);
        float[] row = preparation.row();
        for (int i = 0; i < plan.features.length; i++) {
            if (features.get(i).isText()) {
                text(i, plan.features[i].text(record), row);
            } else {
                preparation.fill(i, plan.features[i].number(record), row);
            }
        }
        return new Event(
                id, time, text(plan.segment, record), row, step, position, arrivedMillis, key(plan, record), 0);
    }

    private static @Nullable String text(@Nullable FieldPath field, GenericRecord record) throws UndecodableException {
        return field == null ? null : field.text(record);
    }

    /** An empty text names nobody. */
    private static @Nullable String key(Plan plan, GenericRecord record) throws UndecodableException {
        String key = text(plan.key, record);
        return key == null || key.isEmpty() ? null : key;
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

    private static @Nullable FieldPath path(@Nullable String field, Schema schema) {
        return field == null ? null : FieldPath.of(field, schema);
    }

    private Plan plan(Schema schema) {
        EnsembleSpec.Events events = spec.events();
        return new Plan(
                FieldPath.of(events.id(), schema),
                FieldPath.of(events.time(), schema),
                path(events.segment(), schema),
                path(spec.features().sequenceKey(), schema),
                features.stream()
                        .map(feature -> FieldPath.of(feature.field(), schema))
                        .toArray(FieldPath[]::new));
    }
}
