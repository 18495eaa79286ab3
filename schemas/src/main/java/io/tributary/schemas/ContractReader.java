package io.tributary.schemas;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads what is needed of one of our contracts: straight from the bytes where they were written with the schema of this
 * version, as nearly all are, and through Avro's resolution where an older or newer version wrote them. Both give the same.
 * Not for several threads.
 *
 * @param <T> what is needed of it
 */
public final class ContractReader<T> {

    private final SchemaRegistry registry;
    private final Schema ours;
    private final Direct<T> direct;
    private final Function<GenericRecord, T> resolved;
    private final RecordReader others;
    private final DirectDecoder decoder = new DirectDecoder();
    private final Map<Integer, Boolean> isOurs = new HashMap<>();

    /** Reads a record of the schema of this version. */
    interface Direct<T> {
        T read(DirectDecoder in) throws IOException;
    }

    private ContractReader(
            SchemaRegistry registry, Codec<?> codec, Direct<T> direct, Function<GenericRecord, T> resolved) {
        this.registry = registry;
        this.ours = codec.schema();
        this.direct = direct;
        this.resolved = resolved;
        this.others = new RecordReader(registry, codec.schema());
    }

    /**
     * What learning needs of a prediction.
     *
     * @param ensemble who predicted
     * @param eventId the event it is for
     * @param scored what is kept of it until its outcome comes
     */
    public record ScoredPrediction(String ensemble, String eventId, Scored scored) {

        static ScoredPrediction of(Prediction prediction) {
            return new ScoredPrediction(prediction.ensemble(), prediction.eventId(), Scored.of(prediction));
        }
    }

    /** A reader of what learning needs of predictions. */
    public static ContractReader<ScoredPrediction> predictions(SchemaRegistry registry) {
        return new ContractReader<>(
                registry,
                Codecs.PREDICTION,
                new ScoredPredictionReader(),
                record -> ScoredPrediction.of(Codecs.PREDICTION.read(record)));
    }

    /** A reader of feedback. */
    public static ContractReader<Feedback> feedback(SchemaRegistry registry) {
        return new ContractReader<>(registry, Codecs.FEEDBACK, new FeedbackReader(), Codecs.FEEDBACK::read);
    }

    /**
     * Reads one record.
     *
     * @throws UndecodableException if it is not in the wire format, its schema is not known or does not fit, or its bytes
     *     do not fit the schema
     * @throws RegistryException if the registry does not answer
     */
    public T read(byte[] record) throws UndecodableException {
        int id = WireFormat.schemaId(record);
        Boolean known = isOurs.get(id);
        if (known == null) {
            known = ours.equals(registry.byId(id));
            isOurs.put(id, known);
        }
        return known ? readOurs(record, id) : resolved.apply(others.read(record));
    }

    private T readOurs(byte[] record, int id) throws UndecodableException {
        try {
            T read = direct.read(decoder.begin(record, WireFormat.HEADER_BYTES));
            if (!decoder.in().isEnd()) {
                throw new UndecodableException("bytes are left over after the Avro record of schema id " + id);
            }
            return read;
        } catch (IOException | RuntimeException e) {
            throw new UndecodableException("not Avro of schema id " + id + ": " + e);
        }
    }
}
