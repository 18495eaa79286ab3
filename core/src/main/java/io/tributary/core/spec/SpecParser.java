package io.tributary.core.spec;

import io.tributary.core.Task;
import io.tributary.core.spec.EnsembleSpec.Bootstrap;
import io.tributary.core.spec.EnsembleSpec.Delivery;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a spec from YAML and reports everything that is wrong with it at once. */
public final class SpecParser {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private final Problems problems;
    private final Path file;
    private final UnaryOperator<Path> places;

    private SpecParser(Path file, UnaryOperator<Path> places, Consumer<SpecKey> asked) {
        this.file = file;
        this.places = places;
        this.problems = new Problems(file.toString(), asked);
    }

    /**
     * Reads a spec.
     *
     * @throws SpecException if the file cannot be read, is no YAML or breaks a rule
     */
    public static EnsembleSpec parse(Path file) {
        return read(file).orThrow();
    }

    /** Reads a spec as far as it goes; for those who have more to check before they report. */
    public static Reading read(Path file) {
        try {
            return read(Files.readString(file, StandardCharsets.UTF_8), file, UnaryOperator.identity());
        } catch (IOException e) {
            return new Reading(null, List.of(new SpecProblem(file.toString(), 1, "the spec " + whyUnread(file, e))));
        }
    }

    /**
     * What came of reading a spec.
     *
     * @param spec with defaults where something is wrong; null if there is nothing to go on
     * @param problems in the order of their lines; empty if the spec is right
     */
    public record Reading(@Nullable EnsembleSpec spec, List<SpecProblem> problems) {

        /**
         * The spec.
         *
         * @throws SpecException if it has a problem
         */
        public EnsembleSpec orThrow() {
            if (spec == null || !problems.isEmpty()) {
                throw new SpecException(problems);
            }
            return spec;
        }
    }

    private static String whyUnread(Path file, IOException e) {
        if (!Files.exists(file)) {
            return "does not exist; correct the path";
        }
        if (Files.isDirectory(file)) {
            return "is a folder; name the file in it";
        }
        return e instanceof CharacterCodingException ? "is not UTF-8 text; save it as that" : "cannot be read: " + e;
    }

    /** Reads a spec from text; paths in it are relative to the given file's folder. */
    public static EnsembleSpec parse(String yaml, Path file) {
        return parse(yaml, file, UnaryOperator.identity());
    }

    /**
     * Reads a spec from text whose files have been moved since it was written.
     *
     * @param places where a file lies now, by the absolute path at which the spec names it
     */
    public static EnsembleSpec parse(String yaml, Path file, UnaryOperator<Path> places) {
        return read(yaml, file, places).orThrow();
    }

    private static Reading read(String yaml, Path file, UnaryOperator<Path> places) {
        return new SpecParser(file, places, key -> {}).read(yaml);
    }

    /**
     * Tells of each key that reading a spec asks for, whether it has it or not: those that every spec may have, and those
     * of the members, features and slots that this one has.
     */
    static void tellKeys(String yaml, Path file, Consumer<SpecKey> asked) {
        new SpecParser(file, UnaryOperator.identity(), asked).read(yaml);
    }

    private Reading read(String yaml) {
        Node root = YamlText.compose(yaml, file, problems);
        EnsembleSpec spec = root == null ? null : ensemble(Section.of("", root, 1, problems));
        return new Reading(spec, problems.inOrder());
    }

    private EnsembleSpec ensemble(Section root) {
        String ensemble = root.required("ensemble", "name it with lower-case letters, digits, dots and dashes");
        if (!ensemble.isEmpty() && !NAME.matcher(ensemble).matches()) {
            root.badValue(
                    "ensemble",
                    ensemble,
                    "must be 1 to 64 lower-case letters, digits, dots and dashes, beginning with a letter or digit");
        }
        int version = root.integer("version", 1, 1, Integer.MAX_VALUE);
        TaskReader.Read predicted = TaskReader.read(root);
        Task task = predicted.task();
        EnsembleSpec.Kafka kafka = kafka(root.section("kafka"));
        EnsembleSpec.Registry registry = registry(root.section("registry"));
        EnsembleSpec.Events events = events(root.section("events"));
        OutcomeSpec outcomes = outcomes(root.section("outcomes"), ensemble, task);
        String target = root.optional("target");
        FeaturePlan features = new FeatureReader(problems, this::place).read(root);
        List<MemberSpec> members = new MemberReader(problems, this::place, task).read(root, features);
        Slots slots = SlotReader.read(root, members);
        EnsembleSpec.Batch batch = batch(root.section("batch"));
        Duration deadline = deadline(root, batch);
        LearningReader reader = new LearningReader(task, root.section("learning"));
        EnsembleSpec.Fusion fusion = reader.fusion(root.section("fusion"));
        LearningSpec learning = reader.learning(predicted.quantile());
        Duration metricsWindow = metricsWindow(root.section("metrics"));
        Bootstrap bootstrap = root.choice("bootstrap", "published", List.of("published", "equal"))
                        .equals("equal")
                ? Bootstrap.EQUAL
                : Bootstrap.PUBLISHED;
        Path initialWeights = root.file("initialWeights", this::place);
        if (initialWeights != null && !Files.isRegularFile(initialWeights)) {
            root.problem(
                    "initialWeights",
                    "is " + root.optional("initialWeights") + ", but there is no file " + initialWeights
                            + "; tributary fit makes it");
        }
        Delivery delivery = root.choice("delivery", "at-least-once", List.of("exactly-once", "at-least-once"))
                        .equals("exactly-once")
                ? Delivery.EXACTLY_ONCE
                : Delivery.AT_LEAST_ONCE;
        EnsembleSpec.Topics topics = TopicReader.read(root.section("topics"), ensemble);
        new TopicReader(problems).rejectShared(root, events, outcomes, topics);
        root.rejectUnknownKeys();
        return new EnsembleSpec(
                ensemble,
                version,
                task,
                predicted.classes(),
                predicted.quantile(),
                predicted.threshold(),
                kafka,
                registry,
                events,
                outcomes,
                target,
                features,
                members,
                slots,
                batch,
                deadline,
                fusion,
                learning,
                metricsWindow,
                bootstrap,
                initialWeights,
                delivery,
                topics,
                file);
    }

    /** Where a file lies, by its path as the spec has it. */
    private Path place(Path written) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        return places.apply((folder == null ? absolute : folder).resolve(written));
    }

    private static EnsembleSpec.Kafka kafka(Section kafka) {
        EnsembleSpec.Kafka read =
                new EnsembleSpec.Kafka(kafka.text("bootstrap", "localhost:9092"), kafka.stringMap("properties"));
        if (!read.bootstrap().matches("[^\\s:,]+:\\d{1,5}(,[^\\s:,]+:\\d{1,5})*")) {
            kafka.badValue("bootstrap", read.bootstrap(), "must be host:port, or several with commas");
        }
        kafka.rejectUnknownKeys();
        return read;
    }

    private static EnsembleSpec.Registry registry(Section registry) {
        String url = registry.text("url", "http://localhost:8081");
        if (!url.matches("https?://\\S+")) {
            registry.badValue("url", url, "must begin with http:// or https://, and hold no blanks");
        }
        EnsembleSpec.Registry read = new EnsembleSpec.Registry(url, registry.stringMap("properties"));
        registry.rejectUnknownKeys();
        return read;
    }

    private EnsembleSpec.Events events(Section events) {
        EnsembleSpec.Events read = new EnsembleSpec.Events(
                TopicReader.checked(
                        events, "topic", events.required("topic", "name the topic that the events come from")),
                events.file("schema", this::place),
                events.required("id", "name the field that holds the event's id"),
                events.required("time", "name the field that holds the event's time"),
                events.optional("segment"));
        if (read.schema() != null && !Files.isRegularFile(read.schema())) {
            events.problem("schema", "is " + events.optional("schema") + ", but there is no file " + read.schema());
        }
        events.rejectUnknownKeys();
        return read;
    }

    /** Without a mapping the topic holds our own Outcome records, so these defaults are its fields. */
    private static OutcomeSpec outcomes(Section outcomes, String ensemble, Task task) {
        boolean mapped = outcomes.has("label");
        OutcomeSpec read = new OutcomeSpec(
                TopicReader.checked(outcomes, "topic", outcomes.text("topic", ensemble + ".outcomes")),
                outcomes.text("id", "eventId"),
                outcomes.text("label", task == Task.MULTICLASS ? "class" : "label"),
                outcomes.text("time", "time"),
                field(outcomes, "kind", mapped),
                field(outcomes, "source", mapped),
                field(outcomes, "propensity", mapped),
                outcomes.duration("maxDelay", Duration.ofDays(30)),
                outcomes.duration("settle", Duration.ZERO),
                outcomes.flag("copartitioned", false));
        if (read.maxDelay().isZero()) {
            outcomes.problem("maxDelay", "is 0, must be longer: nothing could ever be joined");
        } else if (read.settle().compareTo(read.maxDelay()) > 0) {
            outcomes.badValue(
                    "settle",
                    outcomes.text("settle", ""),
                    "must be at most maxDelay, " + outcomes.text("maxDelay", "30d")
                            + ": by then what waits for corrections has been dropped");
        }
        outcomes.rejectUnknownKeys();
        return read;
    }

    private static @Nullable String field(Section outcomes, String key, boolean mapped) {
        String given = outcomes.optional(key);
        return given != null || mapped ? given : key;
    }

    private static EnsembleSpec.Batch batch(Section batch) {
        EnsembleSpec.Batch read = new EnsembleSpec.Batch(
                batch.integer("size", 64, 1, 4096), batch.duration("linger", Duration.ofMillis(5)));
        if (read.linger().compareTo(Duration.ofMinutes(1)) > 0) {
            batch.badValue("linger", batch.text("linger", ""), "must be at most 1m");
        }
        batch.rejectUnknownKeys();
        return read;
    }

    private static Duration deadline(Section root, EnsembleSpec.Batch batch) {
        Duration deadline = root.duration("deadline", batch.linger().plusSeconds(1));
        if (root.has("deadline")
                && (deadline.compareTo(batch.linger()) <= 0 || deadline.compareTo(Duration.ofMinutes(10)) > 0)) {
            root.badValue("deadline", root.text("deadline", ""), "must be longer than batch.linger, at most 10m");
        }
        return deadline;
    }

    private static Duration metricsWindow(Section metrics) {
        Duration window = metrics.duration("window", Duration.ofHours(1));
        if (window.isZero()) {
            metrics.problem("window", "is 0, must be at least 1ms");
        }
        metrics.rejectUnknownKeys();
        return window;
    }
}
