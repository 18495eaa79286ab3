package io.tributary.scoring;

import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;

/** Reads the weights that are broadcast to the gather. */
final class DecodeWeights extends DecodeFunction<Weights> {

    private static final long serialVersionUID = 1L;

    DecodeWeights(ShippedSpec shipped) {
        super(shipped, WeightsReading.STAGE);
    }

    @Override
    Decoding.Reading<Weights> reading(EnsembleSpec spec, SchemaRegistry registry) {
        return new WeightsReading(spec, registry);
    }
}
