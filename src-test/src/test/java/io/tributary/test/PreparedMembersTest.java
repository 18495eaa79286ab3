package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.app.backtest.SpecScores;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Planes;
import io.tributary.app.plane.Topics;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recurrent member and one that reads texts, in the scoring plane and in a backtest, with subtasks beside each other. */
class PreparedMembersTest {

    private static final Duration LABEL_DELAY = Duration.ofDays(7);
    private static final int PARALLELISM = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one-slot     | batch: {size: 64}
            two-slots    | slots: {first: {members: [recurrent]}, second: {members: [texts]}}
            """)
    void planes_withSequencesAndTexts_scoreAsABacktestDoes(String name, String slots) throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = spec(stack, name, slots);
        try (Broker broker = Broker.connect(spec)) {
            Topics.prepare(spec, broker, stack.registry(), true, PARALLELISM);
        }
        List<PlayedEvent> played = Payments.played(spec, stack.registry()).subList(0, 400);
        Tally tally = new Tally(spec, played);
        try (Planes planes = Planes.start(spec, Planes.Settings.brisk(stack.work(), PARALLELISM))) {
            planes.awaitRunning(progress -> {});
            try (Watch watch = Watch.start(spec, stack.registry(), tally);
                    Player player = new Player(spec, stack.registry(), tally, LABEL_DELAY, planes::failure)) {
                player.play(new Pace.Lockstep(100));
                assertThat(watch.failure()).isNull();
            }
        }

        double[][] expected = SpecScores.of(spec, played, Payments.schema(spec), LABEL_DELAY)
                .recording()
                .scores();
        Map<String, Prediction> actual = predictions(stack, spec, played.size());
        for (int i = 0; i < expected.length; i++) {
            Prediction prediction = actual.get(played.get(i).id());
            assertThat(prediction.missing()).containsOnlyNulls();
            assertThat(prediction.scores()).containsExactly(expected[i], within(1e-6));
        }
        assertThat(actual).hasSize(400);
    }

    private EnsembleSpec spec(Stack stack, String name, String slots) throws Exception {
        Path models = Stack.home().resolve("members/src/test/resources/models");
        return SpecParser.parse(Files.writeString(folder.resolve("prepared.yaml"), """
                ensemble: prepared-%s
                kafka: {bootstrap: '%s'}
                registry: {url: '%s'}
                events: {topic: prepared-%s.payments, schema: '%s', id: transaction_id, time: tx_datetime}
                target: tx_fraud
                features:
                  - {field: tx_amount, name: amounts, key: customer_id, last: 8, missing: 0, log: true, mean: 2.5, scale: 1.25}
                  - {field: terminal_id, tokenizer: '%s', length: 16}
                members:
                  recurrent: {torchscript: '%s', features: [amounts], input: {shape: [8, 1]}}
                  texts: {onnx: '%s', features: [terminal_id], input: {type: int64}}
                deadline: 30s
                learning: {publish: 100ms}
                %s
                """.formatted(
                        name,
                        stack.bootstrap(),
                        stack.registryUrl(),
                        name,
                        Stack.home().resolve("examples/fraud/transaction.avsc"),
                        models.resolve("words.json"),
                        models.resolve("sequence.pt"),
                        models.resolve("text.onnx"),
                        slots)));
    }

    private static Map<String, Prediction> predictions(Stack stack, EnsembleSpec spec, int count) {
        ContractDeserializer<Prediction> deserializer = new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION);
        Map<String, Prediction> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                stack.bootstrap(), spec.topics().predictions(), Duration.ofSeconds(30), all -> all.size() >= count)) {
            Prediction prediction = deserializer.deserialize(record.topic(), record.value());
            byId.put(prediction.eventId(), prediction);
        }
        return byId;
    }
}
