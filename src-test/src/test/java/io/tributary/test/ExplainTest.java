package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An analyst's question, from the event that was scored to the answer. */
class ExplainTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern ADDRESS = Pattern.compile("explain at (http://localhost:\\d+)");
    private static final int EVENTS = 20;

    private final Stack stack = Stack.shared();

    @TempDir
    private Path folder;

    @Test
    void explain_aPredictionOfARunningEnsemble_saysWhyToTheLastBit() throws Exception {
        Path file = stack.fraudFile("explained");
        EnsembleSpec spec = SpecParser.parse(file);
        stack.prepare(spec);
        Command run = Command.start("run", file.toString(), "--state", folder.toString(), "--query-port", "0");
        run.awaitOutput("until Ctrl-C", LIMIT);
        String url = address(run);
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, EVENTS);
        try (Records records = new Records(stack.bootstrap())) {
            events.forEach(event -> records.send(spec.events().topic(), event.id(), event.record()));
        }
        Map<String, ConsumerRecord<byte[], byte[]>> predictions = predictions(spec);
        awaitFound(url, events.get(EVENTS - 1).id());
        String id = events.get(7).id();
        ConsumerRecord<byte[], byte[]> record = predictions.get(id);

        assertSaysWhy(file, url, id, record);
        assertTellsPrograms(file, url, id, record);

        Command unknown = Command.start("explain", file.toString(), "nobody", "--learning", url);
        assertThat(unknown.await(LIMIT)).isEqualTo(1);
        assertThat(unknown.output())
                .contains("has read no prediction for event 'nobody' in the last 45 days")
                .doesNotContain("\tat ");

        delete(record);
        Command deleted = Command.start("explain", file.toString(), id, "--learning", url);
        assertThat(deleted.await(LIMIT)).isEqualTo(1);
        assertThat(deleted.output())
                .contains("the broker has deleted the prediction's record", "offset " + record.offset(), "retention.ms")
                .doesNotContain("\tat ");

        assertThat(Command.start("run", file.toString(), "--query-port", "65536")
                        .await(LIMIT))
                .isEqualTo(2);
        run.interrupt();
        assertThat(run.await(LIMIT)).isEqualTo(130);
        Command nobody = Command.start("explain", file.toString(), id, "--learning", url);
        assertThat(nobody.await(LIMIT)).isEqualTo(1);
        assertThat(nobody.output())
                .contains("no learning plane answers at " + url, "tributary run")
                .doesNotContain("\tat ");
    }

    private static void assertSaysWhy(Path file, String url, String id, ConsumerRecord<byte[], byte[]> record)
            throws Exception {
        Command explain = Command.start("explain", file.toString(), id, "--learning", url);

        assertThat(explain.await(LIMIT)).as(explain.output()).isZero();
        assertThat(explain.output())
                .contains("Event " + id + " of explained: score 0.")
                .contains("logistic", "forest", "mlp", "boosted", "rules")
                .contains("none learned yet: all weigh the same", "offset " + record.offset())
                .contains("d176d2b3330f", " ms with the members")
                .contains("the same to the last bit");
    }

    private void assertTellsPrograms(Path file, String url, String id, ConsumerRecord<byte[], byte[]> record)
            throws Exception {
        Prediction prediction = new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION)
                .deserialize(record.topic(), record.value());
        Command explain = Command.start("explain", file.toString(), id, "--learning", url, "--json");

        assertThat(explain.await(LIMIT)).as(explain.output()).isZero();
        JsonNode json = new ObjectMapper().readTree(explain.output());
        assertThat(json.get("eventId").asText()).isEqualTo(id);
        assertThat(json.get("score").asDouble()).isEqualTo(prediction.score());
        assertThat(json.get("recomputed").get("same").asBoolean()).isTrue();
        assertThat(json.get("recomputed").get("score").asDouble()).isEqualTo(prediction.score());
        assertThat(json.get("record").get("offset").asLong()).isEqualTo(record.offset());
        assertThat(json.get("members")).hasSize(5).allSatisfy(member -> {
            assertThat(member.get("sha256").asText()).hasSize(64);
            assertThat(member.get("tookMicros").asLong()).isNotNegative();
            assertThat(member.get("missing").isNull()).isTrue();
        });
        assertThat(json.get("latencies").get("totalMicros").asLong()).isPositive();
    }

    private static String address(Command run) {
        Matcher matcher = ADDRESS.matcher(run.output());
        assertThat(matcher.find()).as(run.output()).isTrue();
        return matcher.group(1);
    }

    private Map<String, ConsumerRecord<byte[], byte[]>> predictions(EnsembleSpec spec) {
        Map<String, ConsumerRecord<byte[], byte[]>> byId = new HashMap<>();
        TopicReader.read(stack.bootstrap(), spec.topics().predictions(), LIMIT, all -> all.size() >= EVENTS)
                .forEach(record -> byId.put(new String(record.key(), java.nio.charset.StandardCharsets.UTF_8), record));
        return byId;
    }

    /** The learning plane reads behind the scoring plane. */
    private static void awaitFound(String url, String id) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/predictions/" + id)).build();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        HttpClient http = HttpClient.newHttpClient();
        while (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            assertThat(System.nanoTime()).as("not found after " + LIMIT).isLessThan(deadline);
        }
    }

    /** As retention does in time. */
    private void delete(ConsumerRecord<byte[], byte[]> record) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrap()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(record.topic(), record.partition()),
                            RecordsToDelete.beforeOffset(record.offset() + 1)))
                    .all()
                    .get();
        }
    }
}
