package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.SpecFields;
import io.tributary.scoring.ScoringJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** What is checked before the scoring plane of an ensemble starts, wherever it is to run. */
public final class Preflight {

    private Preflight() {}

    /**
     * Checks that the spec fits how often state is saved, before anything is asked of a broker.
     *
     * @param checkpointInterval how often the scoring plane saves its state
     * @throws UserError if it does not, with what to change
     */
    public static void checkInterval(EnsembleSpec spec, Duration checkpointInterval) {
        ScoringJob.transactionProblem(spec, checkpointInterval).ifPresent(problem -> {
            throw new UserError(problem);
        });
    }

    /**
     * Checks that broker and registry fit the spec.
     *
     * @throws UserError if they do not, with what to change
     */
    public static void check(EnsembleSpec spec, Broker broker, SchemaRegistry registry) {
        List<String> problems = problems(spec, broker, registry);
        if (!problems.isEmpty()) {
            throw new UserError(String.join(System.lineSeparator(), problems));
        }
    }

    /** Why broker and registry do not fit the spec, with what to change; empty if they do. */
    static List<String> problems(EnsembleSpec spec, Broker broker, SchemaRegistry registry) {
        return Stream.of(
                        fieldProblem(spec, registry),
                        ScoringJob.transactionTimeout(spec)
                                .flatMap(wanted -> transactionProblem(spec, wanted, broker.longestTransactionMillis())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A misspelt field would read as missing in every record: better to say so before the first. */
    private static Optional<String> fieldProblem(EnsembleSpec spec, SchemaRegistry registry) {
        Schema schema = registry.latest(spec.events().topic() + "-value");
        List<String> problems = schema == null ? List.of() : SpecFields.problems(spec, schema);
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(spec.file() + " does not fit the registered schema of "
                        + spec.events().topic() + ": " + String.join("; ", problems));
    }

    private static Optional<String> transactionProblem(EnsembleSpec spec, Duration wanted, OptionalLong most) {
        if (most.isEmpty() || most.getAsLong() >= wanted.toMillis()) {
            return Optional.empty();
        }
        return Optional.of(spec.file()
                + " has delivery: exactly-once, whose transactions may last transaction.timeout.ms = "
                + wanted.toMillis() + ", and the broker at " + spec.kafka().bootstrap()
                + " allows transaction.max.timeout.ms = " + most.getAsLong()
                + "; raise that on the brokers, set transaction.timeout.ms to at most "
                + most.getAsLong() + " in kafka.properties (longer than any checkpoint takes), or use "
                + "delivery: at-least-once");
    }
}
