package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.EventDecoder;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.util.function.Supplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Makes events of the user's records. */
final class EventReading implements Decoding.Reading<Event> {

    /** What dead letters call it, wherever it is done. */
    static final String STAGE = "decode-event";

    private final EventDecoder decoder;
    private final Supplier<float[]> rows;

    private EventReading(EventDecoder decoder, Supplier<float[]> rows) {
        this.decoder = decoder;
        this.rows = rows;
    }

    /** Gives each event a row of its own. */
    static EventReading of(EnsembleSpec spec, SchemaRegistry registry) {
        int width = spec.features().width();
        return new EventReading(decoder(spec, registry), () -> new float[width]);
    }

    /** Uses one row for all events: what becomes of an event is done before the next one is read. */
    static EventReading reusingTheRow(EnsembleSpec spec, SchemaRegistry registry) {
        float[] row = new float[spec.features().width()];
        return new EventReading(decoder(spec, registry), () -> row);
    }

    private static EventDecoder decoder(EnsembleSpec spec, SchemaRegistry registry) {
        try {
            return new EventDecoder(registry, spec);
        } catch (PreparationException e) {
            // Trying again would fail again: the tokenizer is what it is.
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public Event read(RawRecord raw, byte[] value, long nowMillis) throws UndecodableException {
        Event event =
                decoder.decode(value, rows.get(), raw.step(), Event.position(raw.partition(), raw.offset()), nowMillis);
        return raw.trace() == null ? event : event.tracedBy(raw.trace());
    }

    @Override
    public void close() {
        decoder.close();
    }
}
