package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.BinarySerde;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.OutcomeMapper;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Makes outcomes, keyed by event id, of the user's records. */
final class DecodeOutcome extends DecodingNode {

    private final RecordReader reader;
    private final OutcomeMapper mapper;
    private final boolean copartitioned;
    private final BinarySerde<Outcome> outcomes;

    DecodeOutcome(EnsembleSpec spec, SchemaRegistry registry, ProcessorContext<byte[], byte[]> context) {
        super(spec, registry, context, "decode-outcome", LearningTopology.OUTCOME_DEAD_LETTERS);
        this.reader = new RecordReader(registry, null);
        this.mapper = new OutcomeMapper(spec);
        this.outcomes = new BinarySerde<>(Codecs.OUTCOME);
        this.copartitioned = spec.outcomes().copartitioned();
    }

    @Override
    void take(Record<byte[], byte[]> record) throws UndecodableException {
        Outcome outcome = mapper.map(reader.read(record.value()));
        byte[] key = outcome.eventId().getBytes(UTF_8);
        if (copartitioned && !Arrays.equals(key, record.key())) {
            throw new UndecodableException("the record is about event '" + outcome.eventId() + "' but its key is "
                    + Keys.shown(record.key())
                    + ", must be the event's id since outcomes.copartitioned is true; key outcomes by event id, or"
                    + " remove copartitioned from the spec");
        }
        byte[] bytes = outcomes.serialize(LearningTopology.DECODED_OUTCOMES, outcome);
        counters.add(Counter.OUTCOMES);
        context.forward(record.withKey(key).withValue(bytes), LearningTopology.DECODED_OUTCOMES);
    }
}
