package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.plane.Planes;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.spec.EnsembleSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A consumer that knows nothing of Tributary: the five-byte header, the registry's REST answer, and Avro. */
class StrangerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void predictions_readWithNothingOfOurs_areAllThere() throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = stack.fraud("stranger");
        stack.prepare(spec);
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, 50);
        try (Planes planes = Planes.start(spec, Planes.Settings.brisk(stack.work(), 1));
                Records records = new Records(stack.bootstrap())) {
            planes.awaitRunning(progress -> {});
            events.forEach(event -> records.send(spec.events().topic(), event.id(), event.record()));
            List<ConsumerRecord<byte[], byte[]>> read = TopicReader.read(
                    stack.bootstrap(), "stranger.predictions", Duration.ofSeconds(30), all -> all.size() >= 50);

            for (int i = 0; i < read.size(); i++) {
                GenericRecord prediction =
                        decode(stack.registryUrl(), read.get(i).value());
                assertThat(prediction.get("eventId")).hasToString(events.get(i).id());
                assertThat(new String(read.get(i).key(), StandardCharsets.UTF_8))
                        .isEqualTo(events.get(i).id());
                assertThat((double) prediction.get("score")).isBetween(0.0, 1.0);
                assertThat((List<?>) prediction.get("members"))
                        .hasSize(spec.members().size());
                assertThat((boolean) prediction.get("degraded")).isFalse();
                double contributions = 0;
                for (Object member : (List<?>) prediction.get("members")) {
                    contributions += (double) ((GenericRecord) member).get("contribution");
                }
                assertThat(contributions).isEqualTo((double) prediction.get("score"));
            }
        }
    }

    @Test
    void subjectsOfOurs_afterPreparation_areFullyCompatible() throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = stack.fraud("subjects");
        stack.prepare(spec);

        for (String topic :
                List.of("predictions", "outcomes", "weights", "feedback", "metrics", "dead-letters", "control")) {
            JsonNode config = get(stack.registryUrl() + "/config/subjects." + topic + "-value");
            assertThat(config.findValue("compatibilityLevel").asText())
                    .as(topic)
                    .isEqualTo("FULL_TRANSITIVE");
        }
    }

    private static GenericRecord decode(String registryUrl, byte[] record) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        assertThat(bytes.get()).isZero();
        JsonNode answer = get(registryUrl + "/schemas/ids/" + bytes.getInt());
        Schema schema = new Schema.Parser().parse(answer.get("schema").asText());
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(record, 5, record.length - 5, null));
    }

    private static JsonNode get(String url) throws Exception {
        HttpResponse<String> response =
                HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(url).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
