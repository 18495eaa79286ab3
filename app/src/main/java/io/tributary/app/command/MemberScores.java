package io.tributary.app.command;

import io.tributary.app.backtest.Recorded;
import io.tributary.app.backtest.SpecScores;
import io.tributary.app.play.RecordedEvents;
import io.tributary.app.report.TextTable;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import org.apache.avro.Schema;

/** Has a spec's members score recorded events, without Kafka: what backtest and fit begin with. */
final class MemberScores {

    private MemberScores() {}

    static Recorded of(EnsembleSpec spec, EventsOptions options, Lines lines) {
        options.check();
        Schema schema = EventsOptions.schema(spec, () -> registry(spec));
        // Nothing is sent anywhere, so the schema needs no id of its own.
        RecordedEvents events = options.read(spec, schema, 0, lines::done);
        Recorded recorded = SpecScores.of(spec, events.events(), schema, options.labelDelay(), lines);
        lines.done(
                TextTable.count(events.events().size()) + " events scored by " + String.join(", ", spec.memberNames()));
        return recorded;
    }

    private static SchemaRegistry registry(EnsembleSpec spec) {
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        registry.ping();
        return registry;
    }
}
