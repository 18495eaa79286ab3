package io.tributary.learning;

import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.BinarySerde;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The side of the join that decoded outcomes come in by. It also lets labels settle and events expire, since it sees how
 * far outcomes are.
 */
final class JoinOutcome implements Node {

    private final ProcessorContext<byte[], byte[]> context;
    private final NodeSensor sensor;
    private final BinarySerde<Outcome> outcomes;
    private final PendingEvents events;
    private final Backlog backlog;
    private final Expiry expiry;
    private final Settling settling;
    private final Duration settle;

    JoinOutcome(EnsembleSpec spec, SchemaRegistry registry, ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.outcomes = new BinarySerde<>(Codecs.OUTCOME);
        this.sensor = new NodeSensor(context, spec.ensemble(), "join-outcome");
        // What it reads has been decoded.
        Counters counters =
                new Counters(sensor, EnumSet.complementOf(EnumSet.of(Counter.DEAD_LETTERS, Counter.NULLS_SKIPPED)));
        this.events = new PendingEvents(spec, registry, context, counters, ExpiryLog.Writer.OUTCOMES);
        this.backlog = new Backlog(context.currentSystemTimeMs());
        this.settle = spec.outcomes().settle();
        this.settling = new Settling(events, backlog, settle);
        this.expiry = new Expiry(events, new PredictionIndex(context), counters, backlog, spec.outcomes());
        context.schedule(Expiry.INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Outcome outcome = Objects.requireNonNull(
                outcomes.deserialize(LearningTopology.DECODED_OUTCOMES, record.value()),
                "decoded outcomes have a value");
        long nowMillis = context.currentSystemTimeMs();
        backlog.outcomeSeen(record.timestamp(), nowMillis);
        settling.outcomeSeen(nowMillis);
        events.apply(record, outcome.eventId(), null, state -> Join.onOutcome(state, outcome, settle, nowMillis));
    }

    private void look(long nowMillis) {
        settling.look(nowMillis);
        expiry.look(nowMillis);
    }

    @Override
    public void close() {
        sensor.close();
    }
}
