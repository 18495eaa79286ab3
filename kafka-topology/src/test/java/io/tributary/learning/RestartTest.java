package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.SchemaRegistry;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes of the learner: what a transaction committed, its stores and its position, is all that is left. */
class RestartTest {

    private static final int RECORDS = 2 * LearnedStore.SLOTS + 100;

    private final EnsembleSpec spec = Samples.spec();
    private final List<byte[]> feedback = new ArrayList<>();
    private FakeRegistry server;
    private SchemaRegistry registry;

    @TempDir
    private File folder;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRegistry();
        registry = new SchemaRegistry(server.url(), Map.of());
        writeFeedback(0);
    }

    private void writeFeedback(int segments) {
        feedback.clear();
        ContractSerializer<Feedback> serializer = new ContractSerializer<>(registry, Codecs.FEEDBACK);
        Random random = new Random(7);
        for (int i = 0; i < RECORDS; i++) {
            double[] scores = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            Scored scored = new Scored(
                    START.toEpochMilli(),
                    segments == 0 ? null : "segment-" + i % segments,
                    scores[0],
                    new String[] {"low", "middle", "high"},
                    scores,
                    new double[0],
                    null,
                    1,
                    0);
            Feedback.Kind kind = i % 50 == 49 ? Feedback.Kind.CORRECTION : Feedback.Kind.LABEL;
            double label = random.nextDouble() < scores[2] ? 1 : 0;
            long time = START.toEpochMilli() - 10_000_000 + 1000L * i + random.nextInt(5000);
            feedback.add(serializer.serialize(
                    spec.topics().feedback(),
                    new Feedback(kind, "e" + i, time, label, 1 - label, null, Double.NaN, scored)));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The learner of one task over stores that it begins with. */
    private final class Task {
        final MockProcessorContext<byte[], byte[]> context;
        final KeyValueStore<String, byte[]> learned = store(LearningTopology.LEARNED, Serdes.String());
        final KeyValueStore<Integer, byte[]> since = store(LearningTopology.SINCE_SNAPSHOT, Serdes.Integer());
        final LearnFeedback node;

        Task(Task committed, EnsembleSpec spec) {
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.learningGroup());
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
            context = new MockProcessorContext<>(properties, new TaskId(2, 0), folder);
            context.setCurrentSystemTimeMs(START.toEpochMilli());
            learned.init(context.getStateStoreContext(), learned);
            since.init(context.getStateStoreContext(), since);
            if (committed != null) {
                copy(committed.learned, learned);
                copy(committed.since, since);
            }
            node = new LearnFeedback(spec, registry, context);
        }

        void process(int from, int to) {
            for (int i = from; i < to; i++) {
                context.setRecordMetadata(spec.topics().feedback(), 0, i);
                node.process(new Record<>(Harness.bytes("e" + i), feedback.get(i), START.toEpochMilli()));
            }
        }

        List<byte[]> published() {
            context.scheduledPunctuators().get(0).getPunctuator().punctuate(START.toEpochMilli());
            return forwarded(LearningTopology.WEIGHTS);
        }

        List<byte[]> forwarded(String sink) {
            return context.forwarded(sink).stream()
                    .<byte[]>map(each -> each.record().value())
                    .toList();
        }
    }

    private static <K> KeyValueStore<K, byte[]> store(String name, Serde<K> keys) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
    }

    private static <K> void copy(KeyValueStore<K, byte[]> from, KeyValueStore<K, byte[]> to) {
        try (KeyValueIterator<K, byte[]> all = from.all()) {
            all.forEachRemaining(entry -> to.put(entry.key, entry.value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                500,
                LearnedStore.SLOTS - 1,
                LearnedStore.SLOTS,
                LearnedStore.SLOTS + 1,
                2 * LearnedStore.SLOTS + 50
            })
    void learner_crashedAfterACommit_endsWithTheSameBits(int committedRecords) {
        Task undisturbed = new Task(null, spec);
        undisturbed.process(0, RECORDS);

        Task first = new Task(null, spec);
        first.process(0, committedRecords);
        Task committed = new Task(first, spec);
        List<byte[]> metrics = new ArrayList<>(first.forwarded(LearningTopology.METRICS));
        first.process(committedRecords, Math.min(RECORDS, committedRecords + 70));
        Task second = new Task(committed, spec);
        second.process(committedRecords, RECORDS);

        assertThat(second.published()).hasSize(1).containsExactlyElementsOf(undisturbed.published());
        metrics.addAll(second.forwarded(LearningTopology.METRICS));
        assertThat(metrics)
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(undisturbed.forwarded(LearningTopology.METRICS));
    }

    /** What is known of many segments is more than one record of a store's changelog may hold. */
    @Test
    void learner_ofManySegments_crashed_endsWithTheSameBits() {
        writeFeedback(777);
        Task undisturbed = new Task(null, spec);
        undisturbed.process(0, RECORDS);
        Task first = new Task(null, spec);
        first.process(0, LearnedStore.SLOTS + 10);

        Task second = new Task(first, spec);
        second.process(LearnedStore.SLOTS + 10, RECORDS);

        assertThat(first.learned.approximateNumEntries()).as("parts").isGreaterThan(3);
        assertThat(second.published()).hasSize(778).containsExactlyElementsOf(undisturbed.published());
    }

    @Test
    void learner_restarted_publishesOnceMore() {
        Task first = new Task(null, spec);
        first.process(0, 10);
        List<byte[]> before = first.published();

        assertThat(new Task(first, spec).published()).containsExactlyElementsOf(before);
    }

    @Test
    void state_ofManyRecords_staysBounded() {
        Task task = new Task(null, spec);
        task.process(0, RECORDS);

        assertThat(task.since.approximateNumEntries()).isEqualTo(LearnedStore.SLOTS);
        assertThat(task.learned.approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void state_ofOtherMembers_goesOnWithThoseThatStayed() {
        Task first = new Task(null, spec);
        first.process(0, 1);

        Task second = new Task(first, Samples.spec("middle:", "centre:"));
        second.process(1, 2);
        assertThat(second.published()).isNotEmpty();
    }

    @Test
    void state_ofAnotherLearner_isRefused() {
        Task first = new Task(null, spec);
        first.process(0, 1);

        assertThatThrownBy(() -> new Task(first, Samples.spec("publish: 1s", "publish: 1s, learner: hedge")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hedge");
    }
}
