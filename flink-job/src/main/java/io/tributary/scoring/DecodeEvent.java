package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;

/** Makes events of the user's records. */
final class DecodeEvent extends DecodeFunction<Event> {

    private static final long serialVersionUID = 1L;

    DecodeEvent(ShippedSpec shipped) {
        super(shipped, EventReading.STAGE);
    }

    @Override
    Decoding.Reading<Event> reading(EnsembleSpec spec, SchemaRegistry registry) {
        return EventReading.of(spec, registry);
    }
}
