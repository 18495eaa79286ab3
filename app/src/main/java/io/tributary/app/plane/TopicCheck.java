package io.tributary.app.plane;

import io.tributary.core.DeadLetter;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.jspecify.annotations.Nullable;

/** Holds the topics of an ensemble, and the schemas of their values, against what it needs. */
public final class TopicCheck {

    private static final String LARGEST = "max.message.bytes";

    /** A dead letter with a payload and a key that are just not cut short, and a part of a published spec, with their frames. */
    private static final int LARGEST_BYTES = DeadLetter.MAX_PAYLOAD_BYTES + 3 * DeadLetter.MAX_KEY_BYTES;

    private static final Duration SHORTEST_INDEX = Duration.ofDays(7);

    private final EnsembleSpec spec;
    private final Map<String, SeenTopic> seen;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Something that was found.
     *
     * @param topic which topic it is about; empty if it is none in particular
     * @param isProblem whether it must be mended; else it is advice
     * @param what what was found
     * @param remedy what to do about it; empty if {@code what} says it
     */
    public record Finding(String topic, boolean isProblem, String what, String remedy) {

        /** For people. */
        @Override
        public String toString() {
            return (topic.isEmpty() ? "" : topic + ": ") + what + (remedy.isEmpty() ? "" : "; " + remedy);
        }
    }

    /**
     * A topic that is needed, and what there is.
     *
     * @param key the key of the spec that names it
     * @param seen null if there is no such topic
     */
    public record Row(String key, String topic, @Nullable SeenTopic seen) {}

    /**
     * What was looked at and what was found.
     *
     * @param rows all topics that are needed
     * @param findings problems and advice, in the order of the topics
     */
    public record Result(List<Row> rows, List<Finding> findings) {

        /** Whether nothing must be mended. */
        public boolean isWell() {
            return findings.stream().noneMatch(Finding::isProblem);
        }
    }

    /**
     * A subject of the registry.
     *
     * @param latest its newest schema; null if there is none
     * @param compatibility in which ways it may change; null if nothing is said
     */
    record SeenSubject(@Nullable Schema latest, @Nullable String compatibility) {}

    private TopicCheck(EnsembleSpec spec, Map<String, SeenTopic> seen) {
        this.spec = spec;
        this.seen = seen;
    }

    /** The topics that an ensemble needs. */
    public static List<String> topics(EnsembleSpec spec) {
        return WantedTopic.of(spec).stream().map(WantedTopic::name).toList();
    }

    /** Looks at broker and registry. */
    public static Result of(EnsembleSpec spec, Broker broker, SchemaRegistry registry) {
        List<WantedTopic> wanted = WantedTopic.of(spec);
        Map<String, SeenTopic> seen = broker.see(topics(spec));
        Map<String, SeenSubject> subjects = new LinkedHashMap<>();
        for (WantedTopic each : wanted) {
            if (each.schema() != null) {
                Schema latest = registry.latest(each.subject());
                subjects.put(
                        each.subject(),
                        new SeenSubject(latest, latest == null ? null : registry.compatibility(each.subject())));
            }
        }
        List<Finding> findings = new ArrayList<>(of(spec, seen, subjects));
        Preflight.problems(spec, broker, registry).forEach(each -> findings.add(new Finding("", true, each, "")));
        return new Result(
                wanted.stream()
                        .map(each -> new Row(each.key(), each.name(), seen.get(each.name())))
                        .toList(),
                findings);
    }

    static List<Finding> of(EnsembleSpec spec, Map<String, SeenTopic> seen, Map<String, SeenSubject> subjects) {
        TopicCheck check = new TopicCheck(spec, seen);
        for (WantedTopic wanted : WantedTopic.of(spec)) {
            SeenTopic topic = seen.get(wanted.name());
            if (topic == null) {
                check.missing(wanted);
                continue;
            }
            check.partitions(wanted, topic);
            if (wanted.isOurs()) {
                check.settings(wanted, topic.settings());
            }
            SeenSubject subject = subjects.get(wanted.subject());
            if (wanted.schema() != null && subject != null) {
                check.subject(wanted, wanted.schema(), subject);
            }
        }
        return check.findings;
    }

    private void missing(WantedTopic wanted) {
        problem(
                wanted,
                "there is no such topic, which " + wanted.key() + " names",
                wanted.isUsers()
                        ? "create it, let tributary topics create --inputs do so, or correct " + wanted.key() + " in "
                                + spec.file()
                        : "let tributary topics create do so");
    }

    private void partitions(WantedTopic wanted, SeenTopic topic) {
        SeenTopic predictions = seen.get(spec.topics().predictions());
        if (wanted.name().equals(spec.outcomes().topic())
                && spec.outcomes().copartitioned()
                && predictions != null
                && predictions.partitions() != topic.partitions()) {
            problem(
                    wanted,
                    "it has " + topic.partitions() + " partitions and "
                            + spec.topics().predictions() + " has " + predictions.partitions()
                            + ", while outcomes.copartitioned says that they go together",
                    "make either anew with as many as the other, or remove outcomes.copartitioned");
        }
        boolean isOneOrder = wanted.name().equals(spec.topics().feedback())
                || wanted.name().equals(spec.topics().control());
        if (isOneOrder && topic.partitions() > 1) {
            advice(
                    wanted,
                    "it has " + topic.partitions() + " partitions, of which the first alone is used",
                    "with one there is less to look after");
        }
    }

    private void settings(WantedTopic wanted, Map<String, String> settings) {
        setting(
                wanted,
                settings,
                WantedTopic.TIMESTAMPS,
                "LogAppendTime",
                "records of old events would be deleted as old");
        boolean isCompacted = settings.getOrDefault(WantedTopic.CLEANUP, "").contains("compact");
        if (wanted.isCompacted()) {
            setting(wanted, settings, WantedTopic.CLEANUP, "compact", "what is newest must never be deleted");
        } else if (isCompacted) {
            setting(
                    wanted,
                    settings,
                    WantedTopic.CLEANUP,
                    "delete",
                    "every record counts, not the newest of a key alone");
        }
        if (wanted.settings().containsKey(WantedTopic.RETENTION)) {
            setting(wanted, settings, WantedTopic.RETENTION, "-1", "the order of what was learned would be lost");
        }
        if (wanted.name().equals(spec.topics().predictions())) {
            explainable(wanted, settings);
        }
        if (wanted.name().equals(spec.topics().deadLetters())
                || wanted.name().equals(spec.topics().control())) {
            String most = settings.get(LARGEST);
            if (most != null && Long.parseLong(most) < LARGEST_BYTES) {
                problem(
                        wanted,
                        LARGEST + " is " + most + ", must be at least " + LARGEST_BYTES
                                + ": larger records would be refused",
                        alter(wanted, LARGEST, Integer.toString(1 << 20)));
            }
        }
    }

    private void setting(
            WantedTopic wanted, Map<String, String> settings, String name, String needed, String otherwise) {
        String value = settings.get(name);
        if (value != null && !value.equals(needed)) {
            problem(
                    wanted,
                    name + " is " + value + ", must be " + needed + ": " + otherwise,
                    alter(wanted, name, needed));
        }
    }

    /** Advice alone: how long predictions are kept is a matter of room. */
    private void explainable(WantedTopic wanted, Map<String, String> settings) {
        String kept = settings.get(WantedTopic.RETENTION);
        Duration asked = spec.outcomes().maxDelay().compareTo(SHORTEST_INDEX) > 0
                ? spec.outcomes().maxDelay()
                : SHORTEST_INDEX;
        if (kept != null && !kept.equals("-1") && Long.parseLong(kept) < asked.toMillis()) {
            advice(
                    wanted,
                    WantedTopic.RETENTION + " is " + kept + ", and a label may come after " + asked.toMillis()
                            + " ms: what is older cannot be explained",
                    alter(wanted, WantedTopic.RETENTION, Long.toString(asked.toMillis())));
        }
    }

    private void subject(WantedTopic wanted, Schema ours, SeenSubject subject) {
        Schema latest = subject.latest();
        String name = "subject " + wanted.subject();
        if (latest == null) {
            problem(wanted, name + " is not registered", "let tributary topics create do so");
        } else if (!latest.getFullName().equals(ours.getFullName())) {
            if (!wanted.isOurs()) {
                // Outcomes may be of another shape.
                return;
            }
            problem(
                    wanted,
                    name + " is for records of " + latest.getFullName() + ", must be for " + ours.getFullName(),
                    "another program owns that topic: name another one in " + wanted.key() + " of " + spec.file());
        } else if (!reads(ours, latest) || !reads(latest, ours)) {
            problem(
                    wanted,
                    name + " has a schema that does not go together with the one of this version",
                    "run the version of tributary that registered it, or name another topic in " + wanted.key());
        } else if (!SchemaRegistry.FULL.equals(subject.compatibility())) {
            advice(
                    wanted,
                    name + " has "
                            + (subject.compatibility() == null ? "no compatibility" : subject.compatibility())
                            + " of its own, must have " + SchemaRegistry.FULL
                            + " to be read by older and newer versions",
                    "let tributary topics create set it");
        }
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
    }

    private String alter(WantedTopic wanted, String name, String value) {
        return "kafka-configs.sh --bootstrap-server " + spec.kafka().bootstrap()
                + " --alter --entity-type topics --entity-name " + wanted.name() + " --add-config " + name + "="
                + value;
    }

    private void problem(WantedTopic wanted, String what, String remedy) {
        findings.add(new Finding(wanted.name(), true, what, remedy));
    }

    private void advice(WantedTopic wanted, String what, String remedy) {
        findings.add(new Finding(wanted.name(), false, what, remedy));
    }
}
