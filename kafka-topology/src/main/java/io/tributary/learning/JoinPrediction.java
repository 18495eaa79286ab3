package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The side of the join that predictions come in by, which also notes where each is. Those of other ensembles on the topic are counted and skipped. */
final class JoinPrediction extends DecodingNode {

    private final String ensemble;
    private final RecordReader reader;
    private final PendingEvents events;
    private final PredictionIndex index;

    JoinPrediction(EnsembleSpec spec, SchemaRegistry registry, ProcessorContext<byte[], byte[]> context) {
        super(spec, registry, context, "decode-prediction", LearningTopology.PREDICTION_DEAD_LETTERS);
        this.ensemble = spec.ensemble();
        this.reader = new RecordReader(registry, Codecs.PREDICTION.schema());
        this.events = new PendingEvents(spec, registry, context, counters);
        this.index = new PredictionIndex(spec, context);
    }

    @Override
    void take(Record<byte[], byte[]> record) throws UndecodableException {
        Prediction prediction = Codecs.PREDICTION.read(reader.read(record.value()));
        if (!prediction.ensemble().equals(ensemble)) {
            counters.add(Counter.FOREIGN_PREDICTIONS);
            return;
        }
        requireSameClasses("prediction", prediction.classes());
        String eventId = prediction.eventId();
        if (!Arrays.equals(eventId.getBytes(UTF_8), record.key())) {
            throw new UndecodableException("the prediction is for event '" + eventId + "' but its key is "
                    + Keys.shown(record.key())
                    + ", must be the event's id: elsewhere its outcome would not find it");
        }
        index.add(eventId, place(), context.currentSystemTimeMs());
        events.apply(record, eventId, state -> Join.onPrediction(eventId, state, Scored.of(prediction)));
    }
}
