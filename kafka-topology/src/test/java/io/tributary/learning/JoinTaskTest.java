package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.BinarySerde;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.SchemaRegistry;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task of the join over stores in memory: what outlives the task, and more events than one look takes. */
class JoinTaskTest {

    private final EnsembleSpec spec = Samples.spec("maxDelay: 1h", "maxDelay: 1h, settle: 10m");
    private FakeRegistry server;
    private SchemaRegistry registry;
    private MockProcessorContext<byte[], byte[]> context;
    private JoinOutcome outcomes;
    private long nowMillis = START.toEpochMilli();

    @TempDir
    private File folder;

    @BeforeEach
    void startTask() throws IOException {
        server = new FakeRegistry();
        registry = new SchemaRegistry(server.url(), Map.of());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.learningGroup());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        context = new MockProcessorContext<>(properties, new TaskId(1, 0), folder);
        context.setCurrentSystemTimeMs(nowMillis);
        addStore(LearningTopology.PENDING, Serdes.Bytes());
        addStore(LearningTopology.SHAPES, Serdes.Integer());
        addStore(LearningTopology.EXPIRY, Serdes.Bytes());
        addStore(LearningTopology.SETTLING, Serdes.Bytes());
        context.addStateStore(indexThatForgets(PredictionIndex.NAME));
        outcomes = new JoinOutcome(spec, registry, context);
    }

    /** Streams' own window stores refuse to open in a mock of its context. */
    private static WindowStore<?, ?> indexThatForgets(String name) {
        return (WindowStore<?, ?>) Proxy.newProxyInstance(
                JoinTaskTest.class.getClassLoader(),
                new Class<?>[] {WindowStore.class},
                (proxy, method, arguments) -> method.getName().equals("name") ? name : null);
    }

    private <K> void addStore(String name, Serde<K> keys) {
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void stop() {
        outcomes.close();
        server.close();
    }

    /** Another task takes over what this one stored, some time later. */
    private void restartAfter(Duration outage) {
        outcomes.close();
        pass(outage);
        outcomes = new JoinOutcome(spec, registry, context);
    }

    private void pass(Duration time) {
        nowMillis += time.toMillis();
        context.setCurrentSystemTimeMs(nowMillis);
    }

    private void look() {
        context.scheduledPunctuators()
                .get(context.scheduledPunctuators().size() - 1)
                .getPunctuator()
                .punctuate(nowMillis);
    }

    private void predict(String eventId) {
        context.setRecordMetadata(spec.topics().predictions(), 0, 0);
        byte[] value = new ContractSerializer<>(registry, Codecs.PREDICTION)
                .serialize(spec.topics().predictions(), prediction(eventId, 0.1, 0.5, 0.9));
        JoinPrediction predictions = new JoinPrediction(spec, registry, context);
        predictions.process(new Record<>(Harness.bytes(eventId), value, nowMillis));
        predictions.close();
    }

    private void send(Outcome outcome, long writtenMillis) {
        byte[] value = new BinarySerde<>(Codecs.OUTCOME).serialize("any", outcome);
        outcomes.process(new Record<>(Harness.bytes(outcome.eventId()), value, writtenMillis));
    }

    private int fedBack() {
        return context.forwarded(LearningTopology.JOINED).size();
    }

    private int stored(String name) {
        int entries = 0;
        KeyValueStore<Object, byte[]> store = context.getStateStore(name);
        try (KeyValueIterator<Object, byte[]> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                entries++;
            }
        }
        return entries;
    }

    @Test
    void labelHeld_overARestart_isFedBackOnce() {
        predict("e1");
        send(outcome("e1", 1), nowMillis);
        restartAfter(Duration.ofMinutes(2));
        pass(Duration.ofMinutes(7));
        look();
        assertThat(fedBack()).isZero();
        pass(Duration.ofMinutes(1));
        look();
        look();
        assertThat(fedBack()).isEqualTo(1);

        restartAfter(Duration.ofMinutes(2));
        pass(Duration.ofMinutes(2));
        look();
        assertThat(fedBack()).isEqualTo(1);
    }

    @Test
    void retraction_writtenDuringAnOutage_stillComesInTime() {
        predict("e1");
        send(outcome("e1", 1, Outcome.Kind.FINAL, 1000), nowMillis);
        long retracted = nowMillis + Duration.ofMinutes(5).toMillis();
        restartAfter(Duration.ofMinutes(30));
        look();
        assertThat(fedBack()).isZero();
        send(outcome("e1", 1, Outcome.Kind.RETRACTION, 2000), retracted);
        pass(Duration.ofMinutes(2));
        look();

        assertThat(fedBack()).isZero();
        assertThat(stored(LearningTopology.SETTLING)).isZero();
    }

    @Test
    void clock_setBack_holdsLabelsNoLonger() {
        pass(Duration.ofMinutes(30));
        look();
        pass(Duration.ofMinutes(-29));
        predict("e1");
        send(outcome("e1", 1), nowMillis);
        pass(Duration.ofMinutes(10));
        look();

        assertThat(fedBack()).isEqualTo(1);
    }

    @Test
    void labels_moreThanOneLookTakes_goOnWithTheNext() {
        int more = Settling.MOST_AT_ONCE + 10;
        for (int i = 0; i < more; i++) {
            send(outcome("e" + i, 1), nowMillis);
        }
        pass(Duration.ofMinutes(10));
        look();
        assertThat(stored(LearningTopology.SETTLING)).isEqualTo(10);
        look();
        assertThat(stored(LearningTopology.SETTLING)).isZero();
    }

    @Test
    void events_moreThanOneLookTakes_expireWithTheNext() {
        int more = Expiry.MOST_AT_ONCE + 1000;
        for (int i = 0; i < more; i++) {
            send(outcome("e" + i, 1, Outcome.Kind.PROVISIONAL, 1000), nowMillis);
        }
        pass(Duration.ofMinutes(61));
        look();
        assertThat(stored(LearningTopology.PENDING)).isBetween(1, 1000);
        assertThat(stored(LearningTopology.EXPIRY)).isPositive();
        look();
        assertThat(stored(LearningTopology.PENDING)).isZero();
        assertThat(stored(LearningTopology.EXPIRY)).isZero();
    }
}
