package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.EventMapper;
import io.tributary.schemas.UndecodableException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/** Makes events of the user's records. */
final class DecodeEvent extends DecodeFunction<Event> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable EventMapper mapper;

    DecodeEvent(ShippedSpec shipped) {
        super(shipped, "decode-event");
    }

    @Override
    void open(EnsembleSpec spec) {
        try {
            mapper = new EventMapper(spec);
        } catch (PreparationException e) {
            // Trying again would fail again: the tokenizer is what it is.
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void close() {
        if (mapper != null) {
            mapper.close();
        }
    }

    @Override
    @Nullable
    Schema expected() {
        return null;
    }

    @Override
    @Nullable
    Event map(GenericRecord record, RawRecord raw, long nowMillis) throws UndecodableException {
        return mapper == null
                ? null
                : mapper.map(record, raw.step(), Event.position(raw.partition(), raw.offset()), nowMillis);
    }
}
