package io.tributary.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads weights and passes on those of its own ensemble: several ensembles may share a topic. */
final class DecodeWeights extends DecodeFunction<Weights> {

    private static final long serialVersionUID = 1L;

    private String ensemble = "";

    DecodeWeights(ShippedSpec shipped) {
        super(shipped, "decode-weights");
    }

    @Override
    void open(EnsembleSpec spec) {
        ensemble = spec.ensemble();
    }

    @Override
    @Nullable
    Schema expected() {
        return Codecs.WEIGHTS.schema();
    }

    /** The weights of a segment that was forgotten are taken back by a record with nothing but the key. */
    @Override
    @Nullable
    Weights withdrawn(RawRecord raw) {
        String key = raw.key() == null ? "" : new String(raw.key(), UTF_8);
        return key.startsWith(ensemble + "/")
                ? Weights.forgotten(ensemble, key.substring(ensemble.length() + 1))
                : null;
    }

    @Override
    @Nullable
    Weights map(GenericRecord record, RawRecord raw, long nowMillis) {
        Weights weights = Codecs.WEIGHTS.read(record);
        return weights.ensemble().equals(ensemble) ? weights : null;
    }
}
