package io.tributary.app.command;

import io.tributary.app.UserError;
import io.tributary.app.backtest.Recorded;
import io.tributary.app.backtest.SpecScores;
import io.tributary.app.play.RecordedEvents;
import io.tributary.app.play.RowEncoder;
import io.tributary.app.report.TextTable;
import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import picocli.CommandLine.Option;

/** Recorded events that a spec's members score. */
final class EventsOptions {

    @Option(
            names = "--events",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Recorded events as CSV with a header, gzipped or not, as for replay; several files count as one.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--label-delay",
            paramLabel = "D",
            defaultValue = "0s",
            description = "How much later than its event a label is known, in event time, such as 7d. Default: "
                    + "${DEFAULT-VALUE}.")
    private String labelDelay = "0s";

    /** Whether any of its options was given. */
    boolean isUsed() {
        return !files.isEmpty() || !labelDelay.equals("0s");
    }

    /** Reads the events and has them scored, without Kafka. */
    Recorded scored(EnsembleSpec spec, Consumer<String> done) {
        if (files.isEmpty()) {
            throw new UserError("--events names the files with the recorded events; give at least one");
        }
        Duration delay = labelDelay();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UserError("there is no file " + file + "; correct --events");
            }
        }
        Schema schema = schema(spec);
        RecordedEvents recording = RecordedEvents.read(
                files, columns -> new RowEncoder(spec, schema, 0, columns.columns(), columns.file()));
        done.accept(TextTable.count(recording.events().size()) + " events read" + skipped(recording));
        Recorded recorded = SpecScores.of(spec, recording.events(), schema, delay);
        done.accept(TextTable.count(recording.events().size()) + " events scored by "
                + String.join(", ", spec.memberNames()));
        return recorded;
    }

    /** How much later than its event a label is known. */
    Duration labelDelay() {
        Duration delay = Durations.parse(labelDelay);
        if (delay == null) {
            throw new UserError("--label-delay is " + labelDelay + ", must be a duration such as 90s, 3h or 7d");
        }
        return delay;
    }

    /** What to say of rows that could not be used; nothing if all could. */
    static String skipped(RecordedEvents recording) {
        return recording.skipped() == 0
                ? ""
                : ", " + TextTable.count(recording.skipped()) + " rows left out, the first: "
                        + recording.firstSkipped();
    }

    private static Schema schema(EnsembleSpec spec) {
        Path file = spec.events().schema();
        if (file != null) {
            return SpecFiles.schema(file);
        }
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        registry.ping();
        Schema latest = registry.latest(spec.events().topic() + "-value");
        if (latest == null) {
            throw new UserError("the registry has no schema " + spec.events().topic() + "-value, and " + spec.file()
                    + " names none; set events.schema to the Avro schema of the features topic");
        }
        return latest;
    }
}
