package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.feedback.Join;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.ContractReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The side of the join that predictions come in by, which also notes where each is. Those of other ensembles on the topic are counted and skipped. */
final class JoinPrediction extends DecodingNode {

    private final String ensemble;
    private final ContractReader<ContractReader.ScoredPrediction> reader;
    private final PendingEvents events;

    JoinPrediction(EnsembleSpec spec, SchemaRegistry registry, ProcessorContext<byte[], byte[]> context) {
        super(spec, registry, context, "decode-prediction", LearningTopology.PREDICTION_DEAD_LETTERS);
        this.ensemble = spec.ensemble();
        this.reader = ContractReader.predictions(registry);
        this.events = new PendingEvents(spec, registry, context, counters, ExpiryLog.Writer.PREDICTIONS);
    }

    @Override
    void take(Record<byte[], byte[]> record) throws UndecodableException {
        ContractReader.ScoredPrediction prediction = reader.read(record.value());
        if (!prediction.ensemble().equals(ensemble)) {
            counters.add(Counter.FOREIGN_PREDICTIONS);
            return;
        }
        requireSameClasses("prediction", prediction.scored().classes());
        String eventId = prediction.eventId();
        if (!Arrays.equals(eventId.getBytes(UTF_8), record.key())) {
            throw new UndecodableException("the prediction is for event '" + eventId + "' but its key is "
                    + Keys.shown(record.key())
                    + ", must be the event's id: elsewhere its outcome would not find it");
        }
        counters.add(Counter.PREDICTIONS);
        RecordMetadata at = place();
        Place place = new Place(at.partition(), at.offset(), context.currentSystemTimeMs(), 1);
        events.apply(record, eventId, place, state -> Join.onPrediction(eventId, state, prediction.scored()));
    }
}
