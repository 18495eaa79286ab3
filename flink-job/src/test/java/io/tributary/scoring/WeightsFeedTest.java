package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.echo;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static io.tributary.scoring.Samples.weights;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.DeadLetter;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.Weights;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights on their way from their topic to the events that they score. */
class WeightsFeedTest {

    @TempDir
    Path folder;

    private final FakeRecordLog topic = new FakeRecordLog();
    private FakeRegistry registry;
    private ContractSerializer<Weights> serializer;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        serializer = new ContractSerializer<>(new SchemaRegistry(registry.url(), Map.of()), Codecs.WEIGHTS);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private EnsembleSpec spec(String bootstrap) throws IOException {
        String yaml = Files.readString(Samples.file(folder)).replace("bootstrap: equal", "bootstrap: " + bootstrap);
        return SpecParser.parse(Files.writeString(
                folder.resolve(bootstrap + ".yaml"), yaml + "registry: {url: '" + registry.url() + "'}\n"));
    }

    private void publish(Weights weights) {
        topic.write("test".getBytes(UTF_8), serializer.serialize("test.weights", weights));
    }

    private ScoringHarness open(String bootstrap, FakeMemberFactory members, int subtask) throws Exception {
        ScoringHarness harness = ScoringHarness.of(spec(bootstrap), members, topic, subtask);
        harness.open();
        return harness;
    }

    @Test
    void published_scoreTheFirstEvent() throws Exception {
        publish(weights(6, 0.5, 0.5));
        publish(weights(7, 0.25, 0.75));
        try (ScoringHarness harness = open("published", echo(), 0)) {
            fill(harness, 0);

            assertThat(harness.await(BATCH))
                    .extracting(Prediction::weightsVersion)
                    .containsOnly(7L);
        }
    }

    @Test
    void weights_thatComeLater_letTheEventsGoThatWaitForThem() throws Exception {
        publish(weights(4, 0.5, 0.5));
        try (ScoringHarness harness = open("published", echo(), 1)) {
            for (int i = 0; i < BATCH; i++) {
                harness.event(new Event(Integer.toString(i), i, null, new float[] {1}, new Step(5, false)));
            }
            publish(weights(5, 0.5, 0.5));

            assertThat(harness.await(BATCH))
                    .extracting(Prediction::weightsVersion)
                    .containsOnly(5L);
        }
    }

    @Test
    void spec_thatBeginsWithoutThem_readsThemFromTheBeginningAsTheyCome() throws Exception {
        publish(weights(5, 0.5, 0.5));
        try (ScoringHarness harness = open("equal", echo(), 0)) {
            harness.event(new Event("e", 1, null, new float[] {1}, new Step(5, true)));

            assertThat(harness.await(1)).extracting(Prediction::weightsVersion).containsExactly(5L);
        }
    }

    @Test
    void recordThatIsNoWeights_isADeadLetterOfTheFirstSubtaskAlone() throws Exception {
        topic.write(null, new byte[] {1, 2});
        publish(weights(5, 0.5, 0.5));
        topic.write(null, new byte[] {3});
        for (int subtask : new int[] {0, 1}) {
            try (ScoringHarness harness = open("published", echo(), subtask)) {
                harness.event(new Event("e", 1, null, new float[] {1}, new Step(6 + subtask, true)));
                topic.write(null, new byte[] {4});
                publish(weights(6 + subtask, 0.5, 0.5));
                harness.await(1);

                assertThat(deadOffsets(harness)).isEqualTo(subtask == 0 ? List.of(0L, 2L, 3L) : List.of());
            }
        }
    }

    /** Until its last checkpoint is done a finished task still hears of weights, and its sinks take nothing. */
    @Test
    void recordThatIsNoWeights_afterTheEndOfEvents_isPassedOver() throws Exception {
        try (ScoringHarness harness = open("equal", echo(), 0)) {
            harness.event(event(0));
            harness.endOfEvents();
            topic.write(null, new byte[] {1});
            harness.runMailsUntil(topic::isRead, "the record is read");
            // The feed reads on once the task has taken what it read before.
            topic.write(null, new byte[] {2});
            harness.runMailsUntil(topic::isRead, "the next one is read");

            assertThat(deadOffsets(harness)).isEmpty();
        }
    }

    private static List<Long> deadOffsets(ScoringHarness harness) {
        List<Long> offsets = new ArrayList<>();
        var letters = harness.getSideOutput(Decoding.DEAD_LETTERS);
        if (letters != null) {
            for (StreamRecord<DeadLetter> each : letters) {
                assertThat(each.getValue().stage()).isEqualTo("decode-weights");
                offsets.add(each.getValue().offset());
            }
        }
        return offsets;
    }

    @Test
    void registryThatDoesNotAnswer_failsTheTaskEvenWithoutEvents() throws Exception {
        byte[] unseen = serializer.serialize("test.weights", weights(5, 0.5, 0.5));
        try (ScoringHarness harness = open("published", echo(), 0)) {
            registry.setBroken(true);
            topic.write(null, unseen);

            assertThatThrownBy(() -> harness.runMailsUntil(() -> false, "a failure"))
                    .hasStackTraceContaining("the weights of test on topic test.weights cannot be followed any more")
                    .hasStackTraceContaining("broken");
        }
    }

    /** Weights that come while a held event waits for room must not let others by. */
    @Test
    void heldEvents_whileWeightsComeInBetween_keepTheirOrder() throws Exception {
        Semaphore permits = new Semaphore(0);
        FakeMemberFactory slow = echo().with("a", row -> {
            permits.acquireUninterruptibly();
            return 0.5;
        });
        int count = 16 * BATCH;
        try (ScoringHarness harness = open("equal", slow, 0)) {
            for (int i = 0; i < count; i++) {
                harness.event(new Event(Integer.toString(i), i, null, new float[] {1}, new Step(5, i == count - 1)));
            }
            publish(weights(5, 0.5, 0.5));
            Thread publisher = new Thread(() -> {
                try {
                    ScoringHarness.await(permits::hasQueuedThreads, "held events with the members");
                    // The feed reads on once the task has taken what it read before.
                    for (int version = 6; version < 9; version++) {
                        publish(weights(version, 0.5, 0.5));
                        ScoringHarness.await(topic::isRead, "weights read while events wait for room");
                    }
                } finally {
                    permits.release(count);
                }
            });
            publisher.start();
            List<Prediction> predictions = harness.await(count);
            publisher.join();

            for (int i = 0; i < count; i++) {
                assertThat(predictions.get(i).eventId()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void close_closesTheLog() throws Exception {
        try (ScoringHarness harness = open("published", echo(), 0)) {
            harness.event(event(0));
            harness.await(1);
        }

        assertThat(topic.isClosed()).isTrue();
    }
}
