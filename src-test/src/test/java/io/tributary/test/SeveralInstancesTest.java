package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Topics;
import io.tributary.core.Event;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.learning.LearningPlane;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of one learning plane, each with some of the partitions: whichever is asked, the answer is found. */
class SeveralInstancesTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int EVENTS = 40;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Stack stack = Stack.shared();

    @TempDir
    private Path folder;

    @Test
    void query_atEitherInstance_findsEveryPrediction_andIsSentOnForSome() throws Exception {
        EnsembleSpec spec = stack.fraud("spread");
        try (Broker broker = Broker.connect(spec)) {
            Topics.prepare(spec, broker, stack.registry(), true, 4);
        }
        try (LearningPlane first = start(spec, "first");
                LearningPlane second = start(spec, "second");
                Records records = new Records(stack.bootstrap())) {
            first.awaitRunning(LIMIT);
            second.awaitRunning(LIMIT);
            RecordMetadata[] places = new RecordMetadata[EVENTS];
            for (int i = 0; i < EVENTS; i++) {
                places[i] = send(records, spec, "e " + i);
            }
            for (LearningPlane asked : new LearningPlane[] {first, second}) {
                Set<Integer> statuses = new HashSet<>();
                for (int i = 0; i < EVENTS; i++) {
                    JsonNode answer = awaitAnswer("http://" + asked.queryAddress() + "/predictions/e%20" + i, statuses);
                    assertThat(answer.get("partition").asInt()).isEqualTo(places[i].partition());
                    assertThat(answer.get("offset").asLong()).isEqualTo(places[i].offset());
                }
                assertThat(statuses).as("asked " + asked.queryAddress()).contains(200, 307);
            }
        }
    }

    private LearningPlane start(EnsembleSpec spec, String name) throws InterruptedException {
        LearningPlane.Settings settings = new LearningPlane.Settings(
                folder.resolve(name), 1, Duration.ofMillis(100), new LearningPlane.Queries("localhost", 0));
        return LearningPlane.start(spec, stack.registry(), settings);
    }

    private RecordMetadata send(Records records, EnsembleSpec spec, String id) {
        double[] scores = new double[spec.members().size()];
        Event event = new Event(id, 1, null, new float[0], null);
        byte[] prediction = new ContractSerializer<>(stack.registry(), Codecs.PREDICTION)
                .serialize(
                        spec.topics().predictions(),
                        new Predictor(spec).predict(event, scores, new String[scores.length], 2));
        return records.send(spec.topics().predictions(), id, prediction);
    }

    /** The place, once it is known; notes what the first one asked said when it was. */
    private static JsonNode awaitAnswer(String url, Set<Integer> statuses) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            HttpResponse<String> first = get(url);
            HttpResponse<String> answer = first.statusCode() == 307
                    ? get(first.headers().firstValue("Location").orElseThrow())
                    : first;
            if (answer.statusCode() == 200) {
                statuses.add(first.statusCode());
                return new ObjectMapper().readTree(answer.body());
            }
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(deadline);
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
