package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
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
import java.util.function.Supplier;
import org.apache.avro.Schema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recorded events for an ensemble, and how late their labels are. */
final class EventsOptions {

    private static final String AT_ONCE = "0s";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Recorded events as CSV with a header, gzipped or not; several files count as one. Put SPEC "
                    + "before it.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--label-delay",
            paramLabel = "D",
            defaultValue = AT_ONCE,
            description = "How much later than its event a label is known, in event time, such as 7d. Default: "
                    + "${DEFAULT-VALUE}.")
    private String labelDelay = AT_ONCE;

    /** Whether any of its options was given. */
    boolean isUsed() {
        return !files.isEmpty() || !labelDelay.equals(AT_ONCE);
    }

    /**
     * Refuses options that cannot be used, before anything is started.
     *
     * @throws ParameterException if no file is named
     * @throws UserError if one is missing, or the delay is no duration
     */
    void check() {
        if (files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--events names the files with the recorded events; give at least one");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UserError("there is no file " + file + "; correct --events");
            }
        }
        labelDelay();
    }

    /** How much later than its event a label is known. */
    Duration labelDelay() {
        Duration delay = Durations.parse(labelDelay);
        if (delay == null) {
            throw new UsageError("--label-delay is " + labelDelay + ", must be a duration such as 90s, 3h or 7d");
        }
        return delay;
    }

    /**
     * The schema of the features topic: the spec's file, or else the registry's newest.
     *
     * @param registry asked for only where it is needed
     */
    static Schema schema(EnsembleSpec spec, Supplier<SchemaRegistry> registry) {
        Path file = spec.events().schema();
        if (file != null) {
            return SpecFiles.schema(file);
        }
        String subject = subject(spec);
        Schema latest = registry.get().latest(subject);
        if (latest == null) {
            throw new UserError("the registry has no schema " + subject + ", and " + spec.file()
                    + " names none; set events.schema to the Avro schema of the features topic");
        }
        return latest;
    }

    /** Under what name the schema of the features topic is registered. */
    static String subject(EnsembleSpec spec) {
        return spec.events().topic() + "-value";
    }

    /**
     * Reads the events.
     *
     * @param schema what their records are written with
     * @param schemaId its id in the registry
     */
    RecordedEvents read(EnsembleSpec spec, Schema schema, int schemaId, Consumer<String> done) {
        RecordedEvents recorded = RecordedEvents.read(
                files, columns -> new RowEncoder(spec, schema, schemaId, columns.columns(), columns.file()));
        String skipped = recorded.skipped() == 0
                ? ""
                : ", " + TextTable.count(recorded.skipped()) + " rows left out, the first: " + recorded.firstSkipped();
        done.accept(TextTable.count(recorded.events().size()) + " events read" + skipped);
        return recorded;
    }
}
