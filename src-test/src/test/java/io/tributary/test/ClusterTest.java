package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.tributary.app.backtest.SpecScores;
import io.tributary.app.demo.CardTransactions;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.reference.ReferencePipeline;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scoring plane on a Flink cluster of several processes, started and used by the commands that users have. */
class ClusterTest {

    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final int EVENTS = 200_000;
    private static final int BEFORE_THE_STOP = 120_000;
    private static final int AFTER_THE_STOP = 20_000;
    private static final int CHUNK = 500;
    private static final int PARTITIONS = 4;

    private final Stack stack = Stack.shared();
    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(2, 3);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    /**
     * The scores are compared within 1e-6 and not to the bit: a network's last bits depend on how many rows share its batch,
     * and that depends on when events come.
     */
    @Test
    void job_killedStoppedAndRescaled_predictsEachEventOnceAsTheReferenceDoes() throws Exception {
        Path file = ensemble("cluster");
        EnsembleSpec spec = SpecParser.parse(file);
        stack.prepare(spec, PARTITIONS);
        List<PlayedEvent> events = payments(spec);

        try (Records records = new Records(stack.bootstrap())) {
            String job = cluster.submit(file, "--parallelism", "2", "--checkpoint", "2s");
            records.sendAll(spec.events().topic(), events.subList(0, BEFORE_THE_STOP));
            awaitPredictions(spec, BEFORE_THE_STOP / 10);

            cluster.kill("taskmanager-1");
            cluster.awaitFailure(job);
            cluster.awaitRunning(job);
            assertThat(cluster.refusal(
                            "cluster", "start", "--dir", cluster.folder().toString()))
                    .contains("a cluster runs in " + cluster.folder() + " already", "jobmanager", "taskmanager-2");
            assertThat(cluster.refusal("submit", file.toString(), "--jobmanager", cluster.url()))
                    .contains("cluster runs at " + cluster.url() + " already, as job " + job, "tributary stop");
            awaitPredictions(spec, BEFORE_THE_STOP / 3);

            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<Integer> flow =
                    CompletableFuture.supplyAsync(() -> keepSending(records, spec, events, stopped));
            String savepoint = cluster.stopJob(file.toString());
            stopped.set(true);
            records.sendAll(spec.events().topic(), events.subList(flow.get(), EVENTS));
            String second =
                    cluster.submit(file, "--parallelism", "3", "--checkpoint", "2s", "--from-savepoint", savepoint);
            awaitPredictions(spec, EVENTS);
            cluster.stopJob(second);
        }

        assertAsTheReference(spec, events, predictions(spec));
    }

    @Test
    void job_inApplicationMode_scoresTheSpecInItsJar() throws Exception {
        Path file = ensemble("application");
        EnsembleSpec spec = SpecParser.parse(file);
        stack.prepare(spec);
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, 300);
        Path usrlib = Files.createDirectories(cluster.folder().resolve("usrlib"));
        Command save = Command.start(
                "submit",
                file.toString(),
                "--save",
                usrlib.resolve("application.jar").toString());
        assertThat(save.await(LIMIT)).as(save.output()).isZero();

        cluster.restartAsApplication("--job-classname", "io.tributary.scoring.ScoringMain", "--checkpoint", "1s");
        try (Records records = new Records(stack.bootstrap())) {
            records.sendAll(spec.events().topic(), events);
        }

        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        awaitPredictions(spec, events.size());
        assertThat(predictions(spec).keySet()).isEqualTo(ids);
    }

    /** One operator becomes two and a gather: nothing in flight may be left in the state of the one that is gone. */
    @Test
    void job_drainedAndGoneOnWithOtherSlots_predictsEachEventOnce() throws Exception {
        Path file = ensemble("slots");
        EnsembleSpec spec = SpecParser.parse(file);
        stack.prepare(spec, PARTITIONS);
        List<PlayedEvent> events = Payments.played(spec, stack.registry());
        int half = events.size() / 2;
        try (Records records = new Records(stack.bootstrap())) {
            cluster.submit(file, "--parallelism", "1", "--checkpoint", "1s");
            records.sendAll(spec.events().topic(), events.subList(0, half));
            awaitPredictions(spec, half / 10);
            String savepoint = cluster.stopJob(file.toString(), "--drain");
            records.sendAll(spec.events().topic(), events.subList(half, events.size()));
            Files.writeString(file, Files.readString(file).replace("version: 1", "version: 2") + """
                    slots:
                      pipeline: {cpu: 0.5, heap: 96m}
                      trees: {cpu: 0.5, heap: 96m, members: [boosted, forest]}
                      rest: {cpu: 0.5, heap: 96m, members: [mlp, logistic, rules]}
                    """);
            cluster.submit(file, "--checkpoint", "1s", "--from-savepoint", savepoint, "--drained");
            awaitPredictions(spec, events.size());
        }

        Map<String, Prediction> predictions = predictions(spec);
        assertThat(predictions).hasSize(events.size());
        assertThat(predictions.values()).noneMatch(Prediction::degraded);
        assertThat(predictions.values().stream().map(Prediction::specVersion).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(1, 2);
    }

    /** Events go on coming while the job is being stopped; says how many have been sent in all. */
    private static int keepSending(
            Records records, EnsembleSpec spec, List<PlayedEvent> events, AtomicBoolean stopped) {
        int sent = BEFORE_THE_STOP;
        while (!stopped.get() && sent < EVENTS - AFTER_THE_STOP) {
            records.sendAll(spec.events().topic(), events.subList(sent, sent + CHUNK));
            sent += CHUNK;
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return sent;
    }

    /** The fraud example, delivered once, with nothing but the members to decide its scores. */
    private Path ensemble(String name) throws Exception {
        Path file = stack.fraudFile(name);
        String yaml = Files.readString(file).replace("delivery: at-least-once", "delivery: exactly-once");
        return Files.writeString(file, yaml + "\nbootstrap: equal\ndeadline: 5m\n");
    }

    private List<PlayedEvent> payments(EnsembleSpec spec) throws Exception {
        Path csv = cluster.folder().resolve("payments.csv");
        CardTransactions.writeCsv(CardTransactions.stream(CardTransactions.Config.of(11, EVENTS)), csv);
        return Payments.played(spec, stack.registry(), csv);
    }

    private void awaitPredictions(EnsembleSpec spec, int count) {
        TopicReader.read(stack.bootstrap(), spec.topics().predictions(), LIMIT, all -> all.size() >= count);
    }

    /** All predictions that are there, each of which must be the only one of its event. */
    private Map<String, Prediction> predictions(EnsembleSpec spec) {
        ContractDeserializer<Prediction> deserializer = new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION);
        Map<String, Prediction> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each :
                TopicReader.readToEnd(stack.bootstrap(), spec.topics().predictions())) {
            Prediction prediction = deserializer.deserialize(each.topic(), each.value());
            assertThat(byId.put(prediction.eventId(), prediction))
                    .as("a second prediction of " + prediction.eventId())
                    .isNull();
        }
        return byId;
    }

    private void assertAsTheReference(EnsembleSpec spec, List<PlayedEvent> played, Map<String, Prediction> actual)
            throws Exception {
        assertThat(actual).hasSize(played.size());
        List<Event> events = Payments.events(spec, stack.registry(), played);
        double[][] scores = SpecScores.of(spec, played, Payments.schema(spec), Duration.ZERO)
                .recording()
                .scores();
        List<RecordedMember> members = new ArrayList<>();
        spec.members().forEach(member -> members.add(new RecordedMember()));
        ReferencePipeline reference = new ReferencePipeline(spec, List.copyOf(members));
        for (int i = 0; i < played.size(); i++) {
            for (int k = 0; k < members.size(); k++) {
                members.get(k).answer = scores[i][k];
            }
            Prediction expected = reference.score(events.get(i), 0);
            Prediction prediction = actual.get(expected.eventId());
            assertThat(prediction.degraded()).isFalse();
            assertThat(prediction.weightsVersion()).isZero();
            assertThat(prediction.scores()).containsExactly(expected.scores(), offset(1e-6));
            assertThat(prediction.score()).isCloseTo(expected.score(), offset(1e-6));
        }
    }
}
