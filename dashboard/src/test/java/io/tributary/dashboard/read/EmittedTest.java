package io.tributary.dashboard.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.control.Control;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.dashboard.live.Scene;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an ensemble's watcher is told where another ensemble writes to the same topics. */
class EmittedTest {

    private static final long T0 = Scene.T0;

    private final EnsembleSpec ours = sharing("ours", "events");
    private final EnsembleSpec theirs = sharing("theirs", "clicks");
    private final List<String> seen = new ArrayList<>();
    private final Watcher watcher = new Watcher() {
        @Override
        public void prediction(Prediction prediction) {
            seen.add("prediction of " + prediction.ensemble());
        }

        @Override
        public void weights(Weights weights) {
            seen.add("weights of " + weights.ensemble());
        }

        @Override
        public void metrics(Metrics metrics) {
            seen.add("metrics of " + metrics.ensemble());
        }

        @Override
        public void deadLetter(DeadLetter letter) {
            seen.add("letter of " + letter.topic());
        }

        @Override
        public void forgotten(String segment) {
            seen.add("forgotten " + segment);
        }

        @Override
        public void control(Control said) {
            seen.add("control of " + said.ensemble());
        }
    };

    private FakeRegistry server;
    private SchemaRegistry registry;
    private Emitted emitted;

    @BeforeEach
    void start() throws Exception {
        server = new FakeRegistry();
        registry = new SchemaRegistry(server.url(), Map.of());
        emitted = new Emitted(ours, registry, watcher);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static EnsembleSpec sharing(String ensemble, String events) {
        return SpecParser.parse("""
                ensemble: %s
                events: {topic: %s, id: id, time: time}
                features: [x, y]
                members:
                  a: {rules: [{when: x > 0.0, score: 0.5}]}
                  b: {rules: [{when: x > 0.0, score: 0.5}]}
                topics: {predictions: p, weights: w, metrics: m, deadLetters: d, control: c}
                """.formatted(ensemble, events), Path.of("test.yaml"));
    }

    private <T> void take(String topic, Codec<T> codec, T value) {
        byte[] bytes = new ContractSerializer<>(registry, codec).serialize(topic, value);
        emitted.take(new ConsumerRecord<>(topic, 0, 0, new byte[0], bytes));
    }

    private void takeAllOf(EnsembleSpec spec) {
        String name = spec.ensemble();
        take("p", Codecs.PREDICTION, new Scene(spec).prediction(T0, null, null, null));
        take("w", Codecs.WEIGHTS, Scene.weights(name, T0, null, 0.5, 0.5));
        take("m", Codecs.METRICS, Scene.metrics(name, T0, 10, List.of(), 0.4, 0.3));
        take("c", Codecs.CONTROL, Control.decision(name, "p", 2, T0, null));
        String from = spec.events().topic();
        take("d", Codecs.DEAD_LETTER, new DeadLetter(from, 0, 1, "decode", "why", null, new byte[0], 0, null, T0));
        emitted.take(new ConsumerRecord<>("w", 0, 0, (name + "/de").getBytes(UTF_8), null));
    }

    @Test
    void topics_thatEnsemblesShare_giveEachItsOwnRecords() {
        takeAllOf(theirs);
        takeAllOf(ours);
        takeAllOf(theirs);

        assertThat(seen)
                .containsExactly(
                        "prediction of ours",
                        "weights of ours",
                        "metrics of ours",
                        "control of ours",
                        "letter of events",
                        "forgotten de");
    }

    @Test
    void letters_ofAllTopicsThatTheEnsembleReads_areItsOwn() {
        List<String> read = List.of(
                "events", ours.outcomes().topic(), "p", "w", ours.topics().feedback(), "c");
        for (String from : read) {
            take("d", Codecs.DEAD_LETTER, new DeadLetter(from, 0, 1, "decode", "why", null, new byte[0], 0, null, T0));
        }

        assertThat(seen).hasSameSizeAs(read);
    }

    @Test
    void tombstone_withoutAKey_forgetsNothing() {
        emitted.take(new ConsumerRecord<>("w", 0, 0, null, null));

        assertThat(seen).isEmpty();
    }
}
