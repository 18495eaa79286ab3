package io.tributary.app.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules that topics and subjects are held against. */
class TopicCheckTest {

    private static final String SPEC = """
            ensemble: test
            events: {topic: t, id: id, time: at}
            outcomes: {topic: o, maxDelay: 7d}
            features: [x]
            members:
              m: {rules: [{when: x > 1, score: 0.5}]}
            """;

    private final EnsembleSpec spec = spec(SPEC);
    private final Map<String, SeenTopic> seen = new HashMap<>();
    private final Map<String, TopicCheck.SeenSubject> subjects = new HashMap<>();

    private static EnsembleSpec spec(String yaml) {
        return SpecParser.parse(yaml, Path.of("test.yaml"));
    }

    @BeforeEach
    void asTheyAreMade() {
        for (WantedTopic each : WantedTopic.of(spec)) {
            Map<String, String> settings = new HashMap<>(
                    Map.of("cleanup.policy", "delete", "retention.ms", "604800000", "max.message.bytes", "1048588"));
            settings.putAll(each.settings());
            seen.put(each.name(), new SeenTopic(1, settings));
            if (each.schema() != null) {
                subjects.put(each.subject(), new TopicCheck.SeenSubject(each.schema(), "FULL_TRANSITIVE"));
            }
        }
    }

    private List<TopicCheck.Finding> problems(EnsembleSpec of) {
        return TopicCheck.of(of, seen, subjects).stream()
                .filter(TopicCheck.Finding::isProblem)
                .toList();
    }

    private void set(String topic, String name, String value) {
        seen.get(topic).settings().put(name, value);
    }

    @Test
    void topics_asTheyAreMade_areWell() {
        assertThat(problems(spec)).isEmpty();
    }

    @Test
    void predictions_keptForLessThanLabelsTake_areAdvice() {
        EnsembleSpec late = spec(SPEC.replace("maxDelay: 7d", "maxDelay: 45d"));

        assertThat(TopicCheck.of(late, seen, subjects)).singleElement().satisfies(each -> {
            assertThat(each.isProblem()).isFalse();
            assertThat(each.toString())
                    .startsWith("test.predictions: retention.ms is 604800000")
                    .contains("3888000000");
        });
    }

    @Test
    void missingTopics_areToldByWhoseTheyAre() {
        seen.remove("t");
        seen.remove("test.control");

        assertThat(problems(spec)).hasSize(2);
        assertThat(problems(spec).get(0).remedy()).contains("--inputs", "events.topic in test.yaml");
        assertThat(problems(spec).get(1).toString())
                .isEqualTo(
                        "test.control: there is no such topic, which topics.control names; let tributary topics create"
                                + " do so");
    }

    @Test
    void copartitionedOutcomes_mustHaveAsManyPartitions() {
        seen.put("o", new SeenTopic(3, Map.of()));

        assertThat(problems(spec)).isEmpty();
        assertThat(problems(spec(SPEC.replace("topic: o", "topic: o, copartitioned: true"))))
                .singleElement()
                .satisfies(each -> assertThat(each.what()).contains("it has 3 partitions and test.predictions has 1"));
    }

    @Test
    void compaction_isRightForSomeAndWrongForOthers() {
        set("test.metrics", "cleanup.policy", "compact");
        set("test.weights", "cleanup.policy", "compact,delete");

        assertThat(problems(spec))
                .extracting(TopicCheck.Finding::what)
                .containsExactly(
                        "cleanup.policy is compact,delete, must be compact: what is newest must never be deleted",
                        "cleanup.policy is compact, must be delete: every record counts, not the newest of a key alone");
    }

    @Test
    void settingsThatThisClientMayNotSee_areNoProblem() {
        seen.replaceAll((name, topic) -> new SeenTopic(topic.partitions(), Map.of()));

        assertThat(problems(spec)).isEmpty();
    }

    @Test
    void subjects_ofOtherRecordsOrOfNone_areProblems() {
        Schema other = SchemaBuilder.record("Other").fields().endRecord();
        subjects.put("test.metrics-value", new TopicCheck.SeenSubject(other, "FULL_TRANSITIVE"));
        subjects.put("o-value", new TopicCheck.SeenSubject(other, null));
        subjects.put("test.weights-value", new TopicCheck.SeenSubject(null, null));
        Schema same = subjects.get("test.feedback-value").latest();
        Schema broken = Schema.createRecord(
                same.getName(),
                null,
                same.getNamespace(),
                false,
                List.of(new Schema.Field("odd", Schema.create(Schema.Type.LONG))));
        subjects.put("test.feedback-value", new TopicCheck.SeenSubject(broken, "FULL_TRANSITIVE"));

        assertThat(problems(spec))
                .extracting(TopicCheck.Finding::what)
                .satisfiesExactly(
                        weights -> assertThat(weights).contains("test.weights-value is not registered"),
                        feedback -> assertThat(feedback).contains("does not go together with"),
                        metrics -> assertThat(metrics).contains("is for records of Other, must be for io.tributary"));
    }

    @Test
    void subjects_thatMayChangeInAnyWay_areAdvice() {
        Schema same = subjects.get("test.control-value").latest();
        subjects.put("test.control-value", new TopicCheck.SeenSubject(same, null));

        assertThat(problems(spec)).isEmpty();
        assertThat(TopicCheck.of(spec, seen, subjects))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.what()).contains("has no compatibility of its own, must have FULL_TRANSITIVE"));
    }
}
