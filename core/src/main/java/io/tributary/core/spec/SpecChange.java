package io.tributary.core.spec;

import io.tributary.core.Sha256;
import io.tributary.core.StatedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whether one version of a spec can take the place of another while traffic flows. Members, fusion, learning, batches and
 * the deadline may change, and how long labels are waited for and settle. What events and outcomes are read as, what runs
 * where and where results go may not: that is another job.
 */
public final class SpecChange {

    private static final String OTHER_JOB =
            " differs from the running version's, which makes another job; stop the running one with a savepoint and"
                    + " start this one from it";

    private final EnsembleSpec running;
    private final EnsembleSpec next;
    private final List<String> problems = new ArrayList<>();

    private SpecChange(EnsembleSpec running, EnsembleSpec next) {
        this.running = running;
        this.next = next;
    }

    /** One sentence for each thing that keeps it from taking the place of the running version. */
    public static List<String> problems(EnsembleSpec running, EnsembleSpec next) {
        return new SpecChange(running, next).problems();
    }

    private List<String> problems() {
        if (next.version() <= running.version()) {
            problems.add("version is " + next.version() + ", must be above " + running.version()
                    + ", the version that runs");
        }
        requireSame("ensemble", running.ensemble(), next.ensemble());
        requireSame("task", running.task(), next.task());
        requireSame("classes", running.classes(), next.classes());
        requireSame("quantile", running.quantile(), next.quantile());
        requireSame("events", fields(running.events()), fields(next.events()));
        requireSame("outcomes", fields(running.outcomes()), fields(next.outcomes()));
        requireSame("features", contents(running.features()), contents(next.features()));
        requireSame("slots", places(running), places(next));
        requireSame("delivery", running.delivery(), next.delivery());
        requireSame("topics", running.topics(), next.topics());
        return problems;
    }

    private void requireSame(String key, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            problems.add(key + OTHER_JOB);
        }
    }

    /** Without the schema, which only replay and demo use. */
    private static List<Object> fields(EnsembleSpec.Events events) {
        return List.of(events.topic(), events.id(), events.time(), Objects.requireNonNullElse(events.segment(), ""));
    }

    /** Without how long they are waited for and settle, which may change. */
    private static OutcomeSpec fields(OutcomeSpec outcomes) {
        return new OutcomeSpec(
                outcomes.topic(),
                outcomes.id(),
                outcomes.label(),
                outcomes.time(),
                outcomes.kind(),
                outcomes.source(),
                outcomes.propensity(),
                Duration.ZERO,
                Duration.ZERO,
                outcomes.copartitioned());
    }

    /** Each version has its files in a folder of its own: what counts is what is in them. */
    private static List<Object> contents(FeaturePlan features) {
        return features.features().stream()
                .map(feature -> feature instanceof FeatureSpec.Tokens tokens
                        ? new FeatureSpec.Tokens(
                                tokens.name(),
                                tokens.field(),
                                new StatedFile(
                                        Path.of(""),
                                        Sha256.hex(tokens.tokenizer().path())),
                                tokens.length(),
                                tokens.pad(),
                                tokens.missing())
                        : (Object) feature)
                .toList();
    }

    /** The slots without their members, which may come, go and move. */
    private static List<Object> places(EnsembleSpec spec) {
        List<Object> places = new ArrayList<>();
        places.add(Objects.requireNonNullElse(spec.slots().pipeline(), ""));
        for (SlotGroup group : spec.slots().groups()) {
            places.add(List.of(group.name(), Objects.requireNonNullElse(group.resources(), "")));
        }
        return places;
    }
}
