package io.tributary.schemas;

import io.tributary.core.Event;
import io.tributary.core.Step;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.spec.EnsembleSpec;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in the Confluent wire format, as {@link RecordReader} and {@link EventMapper} do one after the other, and
 * mostly without making records. Not for several threads.
 */
public final class EventDecoder implements AutoCloseable {

    private final RecordReader reader;
    private final EventMapper mapper;
    private final Map<Integer, DirectPlan> plans = new HashMap<>();

    /**
     * A decoder for the spec's features topic.
     *
     * @throws PreparationException if a feature's tokenizer cannot be opened
     */
    public EventDecoder(SchemaRegistry registry, EnsembleSpec spec) {
        this(new RecordReader(registry, null), new EventMapper(spec));
    }

    /** A decoder of events that are all of one schema, whatever id they carry: it needs no registry. */
    public static EventDecoder of(Schema schema, EnsembleSpec spec) {
        return new EventDecoder(RecordReader.of(schema), new EventMapper(spec));
    }

    /** Reads with the given reader, which leaves records as they were written, and takes over the mapper. */
    private EventDecoder(RecordReader reader, EventMapper mapper) {
        this.reader = reader;
        this.mapper = mapper;
    }

    /**
     * Reads an event.
     *
     * @param step passed on into the event
     * @param position passed on into the event
     * @param arrivedMillis passed on into the event
     * @throws UndecodableException if it is no record of a known schema, its id or time is missing, or a field has a type
     *     it must not have
     * @throws RegistryException if the registry does not answer
     */
    public Event decode(byte[] record, @Nullable Step step, long position, long arrivedMillis)
            throws UndecodableException {
        return decode(record, mapper.row(), step, position, arrivedMillis);
    }

    /**
     * Reads an event, as the other method does.
     *
     * @param row becomes the event's features, whatever it held before: one value a column
     */
    public Event decode(byte[] record, float[] row, @Nullable Step step, long position, long arrivedMillis)
            throws UndecodableException {
        DirectPlan plan = plan(WireFormat.schemaId(record));
        try {
            return mapper.map(plan, record, row, step, position, arrivedMillis);
        } catch (DeclinedException | StackOverflowError e) {
            return mapper.map(reader.read(record), row, step, position, arrivedMillis);
        }
    }

    private DirectPlan plan(int schemaId) throws UndecodableException {
        DirectPlan plan = plans.get(schemaId);
        if (plan == null) {
            plan = mapper.plan(reader.writer(schemaId));
            plans.put(schemaId, plan);
        }
        return plan;
    }

    @Override
    public void close() {
        mapper.close();
    }
}
