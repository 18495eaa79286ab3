package io.tributary.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.plane.Planes;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** The trace of a feature record goes on in its prediction, and that of an outcome in its feedback, by way of a broker. */
class TraceTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Map<String, String> TRACE = Map.of(
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "tracestate", "congo=t61rcWkgMzE",
            "baggage", "user=7");

    private final Stack stack = Stack.shared();

    @Test
    void predictionAndFeedback_ofRecordsWithATrace_carryItAndOthersNone() throws Exception {
        assertCarried(stack.fraud("traced"));
    }

    @Test
    void prediction_throughSeveralSlotGroups_carriesTheTrace() throws Exception {
        Path file = stack.fraudFile("traced-apart");
        Files.writeString(file, Files.readString(file) + """
                slots:
                  trees: {members: [boosted, forest]}
                  rest: {members: [mlp, logistic, rules]}
                """);
        assertCarried(SpecParser.parse(file));
    }

    private void assertCarried(EnsembleSpec spec) throws Exception {
        stack.prepare(spec);
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, 2);
        ContractSerializer<Outcome> outcomes =
                new ContractSerializer<>(stack.registry(), Codecs.outcome(spec.labels()));
        String traced = events.get(0).id();
        String plain = events.get(1).id();
        try (Planes planes = Planes.start(spec, Planes.Settings.brisk(stack.work(), 1));
                Records records = new Records(stack.bootstrap())) {
            planes.awaitRunning(progress -> {});
            records.send(spec.events().topic(), traced, events.get(0).record(), headers());
            records.send(spec.events().topic(), plain, events.get(1).record());
            assertThat(headers(spec.topics().predictions())).isEqualTo(Map.of(traced, TRACE, plain, Map.of()));

            for (PlayedEvent each : events) {
                Outcome outcome = new Outcome(each.id(), 1, Outcome.Kind.FINAL, each.timeMillis(), "test", Double.NaN);
                records.send(
                        spec.outcomes().topic(),
                        each.id(),
                        outcomes.serialize(spec.outcomes().topic(), outcome),
                        each.id().equals(traced) ? headers() : List.of());
            }
            assertThat(headers(spec.topics().feedback())).isEqualTo(Map.of(traced, TRACE, plain, Map.of()));
        }
    }

    private static List<Header> headers() {
        return TRACE.entrySet().stream()
                .<Header>map(
                        each -> new RecordHeader(each.getKey(), each.getValue().getBytes(UTF_8)))
                .toList();
    }

    /** The headers of the two records of a topic, by the records' keys. */
    private Map<String, Map<String, String>> headers(String topic) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                TopicReader.read(stack.bootstrap(), topic, LIMIT, read -> read.size() >= 2)) {
            Map<String, String> texts = new TreeMap<>();
            record.headers().forEach(each -> texts.put(each.key(), new String(each.value(), UTF_8)));
            all.put(new String(record.key(), UTF_8), texts);
        }
        return all;
    }
}
