package io.tributary.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import org.jspecify.annotations.Nullable;

/** Reads weights and passes on those of one ensemble: several ensembles may share a topic. */
final class WeightsReading implements Decoding.Reading<Weights> {

    /** What dead letters call it, wherever it is done. */
    static final String STAGE = "decode-weights";

    private final String ensemble;
    private final RecordReader reader;

    WeightsReading(EnsembleSpec spec, SchemaRegistry registry) {
        this.ensemble = spec.ensemble();
        this.reader = new RecordReader(registry, Codecs.WEIGHTS.schema());
    }

    @Override
    public @Nullable Weights read(RawRecord raw, byte[] value, long nowMillis) throws UndecodableException {
        Weights weights = Codecs.WEIGHTS.read(reader.read(value));
        return weights.ensemble().equals(ensemble) ? weights : null;
    }

    /** The weights of a segment that was forgotten are taken back by a record with nothing but the key. */
    @Override
    public @Nullable Weights withdrawn(RawRecord raw) {
        String key = raw.key() == null ? "" : new String(raw.key(), UTF_8);
        return key.startsWith(ensemble + "/")
                ? Weights.forgotten(ensemble, key.substring(ensemble.length() + 1))
                : null;
    }
}
