package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.play.PlayedEvent;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.ContractSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both planes in a process that is killed again and again: nothing is lost, and no label teaches twice. */
class KilledProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int KILLS = 2;

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void run_killedInTheMiddle_answersEveryEventAndLearnsEveryLabelOnce(String delivery) throws Exception {
        Stack stack = Stack.shared();
        Path file = stack.fraudFile("killed-" + delivery);
        Files.writeString(file, Files.readString(file).replace("delivery: at-least-once", "delivery: " + delivery));
        EnsembleSpec spec = SpecParser.parse(file);
        stack.prepare(spec);
        List<PlayedEvent> events = Payments.played(spec, stack.registry());
        Path state = stack.work().folder("state-" + delivery);

        int sent = 0;
        try (Records records = new Records(stack.bootstrap())) {
            for (int life = 0; life <= KILLS; life++) {
                Command run = Command.start(
                        "run",
                        file.toString(),
                        "--state",
                        state.toString(),
                        "--checkpoint",
                        "300ms",
                        "--query-port",
                        "0");
                run.awaitOutput("until Ctrl-C", LIMIT);
                int until = life == KILLS ? events.size() : (life + 1) * events.size() / (KILLS + 1);
                for (; sent < until; sent++) {
                    send(records, spec, stack, events.get(sent));
                }
                if (life == KILLS) {
                    verify(stack, spec, events, delivery.equals("exactly-once"));
                    run.interrupt();
                    assertThat(run.await(LIMIT)).isEqualTo(130);
                } else {
                    // In the middle: some of what was sent is answered, some is on its way.
                    read(stack, spec.topics().predictions(), until / 2);
                    run.kill();
                }
            }
        }
    }

    /** An event and at once its label: prediction and outcome meet in either order. */
    private static void send(Records records, EnsembleSpec spec, Stack stack, PlayedEvent event) {
        records.send(spec.events().topic(), event.id(), event.record());
        Outcome outcome =
                new Outcome(event.id(), event.label(), Outcome.Kind.FINAL, event.timeMillis() + 1, "test", Double.NaN);
        records.send(
                spec.outcomes().topic(),
                event.id(),
                new ContractSerializer<>(stack.registry(), Codecs.OUTCOME)
                        .serialize(spec.outcomes().topic(), outcome));
    }

    private static void verify(Stack stack, EnsembleSpec spec, List<PlayedEvent> events, boolean once) {
        List<Weights> weights = values(
                stack,
                Codecs.WEIGHTS,
                TopicReader.read(
                        stack.bootstrap(),
                        spec.topics().weights(),
                        LIMIT,
                        all -> values(stack, Codecs.WEIGHTS, all).stream()
                                .anyMatch(each -> each.version() >= events.size())));
        List<Prediction> predictions =
                values(stack, Codecs.PREDICTION, read(stack, spec.topics().predictions(), events.size()));
        Set<String> answered = new HashSet<>();
        predictions.forEach(prediction -> answered.add(prediction.eventId()));
        assertThat(answered).hasSize(events.size());
        if (once) {
            assertThat(predictions).hasSize(events.size());
        }

        List<Feedback> feedback =
                values(stack, Codecs.FEEDBACK, read(stack, spec.topics().feedback(), events.size()));
        assertThat(feedback).hasSize(events.size());
        WeightFold fold = new WeightFold(spec);
        feedback.forEach(fold::learn);
        Weights last = weights.get(weights.size() - 1);
        assertThat(last.version()).isEqualTo(events.size());
        assertThat(last.fusion().parameters())
                .isEqualTo(fold.weights(0).fusion().parameters());
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(Stack stack, String topic, int count) {
        return TopicReader.read(stack.bootstrap(), topic, LIMIT, all -> all.size() >= count);
    }

    private static <T> List<T> values(Stack stack, Codec<T> codec, List<ConsumerRecord<byte[], byte[]>> records) {
        ContractDeserializer<T> deserializer = new ContractDeserializer<>(stack.registry(), codec);
        List<T> values = new ArrayList<>();
        records.forEach(record -> values.add(deserializer.deserialize(record.topic(), record.value())));
        return values;
    }
}
