package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.app.plane.Planes;
import io.tributary.app.plane.Published;
import io.tributary.app.plane.Publisher;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A version is published while events flow through real planes: refused ones change nothing, committed ones all. */
class PublishTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({
        "swap-one, ''",
        "swap-apart, 'slots: {trees: {members: [boosted, forest]}, rest: {members: [mlp, logistic, rules]}}'"
    })
    void version_publishedWhileEventsFlow_takesOverAllAtOnce(String name, String slots) throws Exception {
        Stack stack = Stack.shared();
        Path file = stack.fraudFile(name);
        String yaml = Files.readString(file) + slots + "\n";
        Files.writeString(file, yaml);
        EnsembleSpec first = SpecParser.parse(file);
        stack.prepare(first);
        // The forest goes, and the rules become a shadow.
        EnsembleSpec second = version(
                file,
                2,
                yaml.replaceAll("(?m)^  forest:\\n.*\\n.*\\n", "")
                        .replace("boosted, forest", "boosted")
                        .replace("  rules:\n    rules:", "  rules:\n    shadow: true\n    rules:"));
        // A model that is not what its checksum says.
        EnsembleSpec broken = version(file, 3, yaml.replace("d176d2b3", "00000000"));
        List<PlayedEvent> played = Payments.played(first, stack.registry());
        Tally tally = new Tally(first, played);
        try (Planes planes = Planes.start(first, Planes.Settings.brisk(stack.work(), 1))) {
            planes.awaitRunning(progress -> {});
            try (Watch watch = Watch.start(first, stack.registry(), tally);
                    Player player = new Player(first, stack.registry(), tally, Duration.ofDays(7), planes::failure)) {
                CompletableFuture<Void> playing = CompletableFuture.runAsync(() -> {
                    try {
                        player.play(new Pace.Rate(played.size() / 30.0));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                assertThatThrownBy(() -> publish(broken))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("version 3 of " + name + " is refused, and the version before goes on")
                        .hasMessageContaining("member logistic");
                publish(second);
                playing.get();
                assertThat(watch.failure()).isNull();
            }
            assertThat(Published.newest(first).version()).isEqualTo(2);
            assertThatThrownBy(() -> publish(second)).hasMessageContaining("raise version in the spec");
        }
        List<Prediction> predictions = predictions(stack, first, played.size());

        assertThat(predictions.stream().map(Prediction::specVersion).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(1, 2);
        for (Prediction prediction : predictions) {
            Set<String> members = new TreeSet<>(List.of(prediction.members()));
            assertThat(prediction.degraded()).as("missing a member").isFalse();
            if (prediction.specVersion() == 1) {
                assertThat(members).containsExactly("boosted", "forest", "logistic", "mlp", "rules");
            } else {
                assertThat(members).containsExactly("boosted", "logistic", "mlp", "rules");
                assertThat(prediction.recipe().shadows()).containsExactly("rules");
            }
        }
    }

    private static EnsembleSpec version(Path file, int version, String yaml) throws Exception {
        assertThat(yaml).isNotEqualTo(Files.readString(file));
        return SpecParser.parse(Files.writeString(
                file.resolveSibling(file.getFileName() + "." + version + ".yaml"),
                yaml.replace("version: 1", "version: " + version)));
    }

    private static void publish(EnsembleSpec spec) {
        try (Publisher publisher = new Publisher(spec)) {
            publisher.publish(PATIENCE, progress -> {});
        }
    }

    private static List<Prediction> predictions(Stack stack, EnsembleSpec spec, int count) {
        ContractDeserializer<Prediction> deserializer = new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION);
        List<Prediction> predictions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(
                stack.bootstrap(), spec.topics().predictions(), Duration.ofSeconds(30), all -> all.size() >= count)) {
            predictions.add(deserializer.deserialize(record.topic(), record.value()));
        }
        assertThat(predictions).hasSize(count);
        return predictions;
    }
}
