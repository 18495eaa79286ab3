package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Topics made and checked on a real broker, their schemas in a real registry. */
class TopicsCommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stack stack = Stack.shared();

    @Test
    void topics_areMissed_thenMade_thenAsTheyShouldBe() throws Exception {
        Path file = stack.fraudFile("topics-made");
        Command missed = Command.start("topics", "check", file.toString());
        assertThat(missed.await(LIMIT)).as(missed.output()).isEqualTo(1);
        assertThat(missed.output())
                .contains("✗ topics-made.transactions: there is no such topic, which events.topic names")
                .contains("✗ topics-made.weights: there is no such topic", "let tributary topics create do so")
                .doesNotContain("\tat ");

        Command refused = Command.start("topics", "create", file.toString());
        assertThat(refused.await(LIMIT)).isEqualTo(1);
        assertThat(refused.output()).contains("there is no topic topics-made.transactions", "--inputs");

        Command made = Command.start("topics", "create", file.toString(), "--inputs", "--partitions", "3", "--json");
        assertThat(made.await(LIMIT)).as(made.output()).isZero();
        assertThat(new ObjectMapper().readTree(made.output()).get("created")).hasSize(8);

        Command well = Command.start("topics", "check", file.toString(), "--json");
        assertThat(well.await(LIMIT)).as(well.output()).isZero();
        JsonNode result = new ObjectMapper().readTree(well.output());
        assertThat(result.get("well").asBoolean()).isTrue();
        assertThat(result.get("topics")).hasSize(8).allSatisfy(topic -> {
            boolean isSpread = topic.get("topic").asText().matches(".*(transactions|outcomes|predictions)");
            assertThat(topic.get("partitions").asInt()).isEqualTo(isSpread ? 3 : 1);
        });

        Command again = Command.start("topics", "create", file.toString());
        assertThat(again.await(LIMIT)).as(again.output()).isZero();
        assertThat(again.output()).contains("all topics of topics-made are there already");
    }

    @Test
    void topics_madeByDefault_areSpreadAsEventsAre() throws Exception {
        Path file = stack.fraudFile("topics-spread", "maxDelay: 45d", "maxDelay: 45d\n  copartitioned: true");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("topics-spread.transactions", 3, (short) 1)))
                    .all()
                    .get();
        }

        Command made = Command.start("topics", "create", file.toString(), "--inputs");
        assertThat(made.await(LIMIT)).as(made.output()).isZero();

        Command checked = Command.start("topics", "check", file.toString(), "--json");
        checked.await(LIMIT);
        assertThat(new ObjectMapper().readTree(checked.output()).get("topics"))
                .filteredOn(topic -> topic.get("topic").asText().matches(".*(outcomes|predictions)"))
                .hasSize(2)
                .allSatisfy(topic -> assertThat(topic.get("partitions").asInt()).isEqualTo(3));
    }

    @Test
    void topics_madeOtherwise_areProblemsEachWithWhatToDo() throws Exception {
        Path file = stack.fraudFile("topics-otherwise");
        EnsembleSpec spec = SpecParser.parse(file);
        Command made = Command.start("topics", "create", file.toString(), "--inputs");
        assertThat(made.await(LIMIT)).as(made.output()).isZero();
        set(spec.topics().feedback(), "retention.ms", "1000");
        set(spec.topics().weights(), "cleanup.policy", "delete");
        set(spec.topics().control(), "max.message.bytes", "2000");
        set(spec.topics().predictions(), "message.timestamp.type", "CreateTime");

        Command check = Command.start("topics", "check", file.toString());

        assertThat(check.await(LIMIT)).as(check.output()).isEqualTo(1);
        assertThat(check.output())
                .contains("✗ topics-otherwise.feedback: retention.ms is 1000, must be -1")
                .contains("--entity-name topics-otherwise.feedback --add-config retention.ms=-1")
                .contains("✗ topics-otherwise.weights: cleanup.policy is delete, must be compact")
                .contains("✗ topics-otherwise.control: max.message.bytes is 2000, must be at least")
                .contains("✗ topics-otherwise.predictions: message.timestamp.type is CreateTime")
                .doesNotContain("✗ topics-otherwise.dead-letters: max", "\tat ");
    }

    private void set(String topic, String name, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
    }
}
