package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology without a broker, its clock set by the test. */
final class Harness implements AutoCloseable {

    final FakeRegistry server = new FakeRegistry();
    final SchemaRegistry registry = new SchemaRegistry(server.url(), Map.of());

    private final Path state = Files.createTempDirectory("learning");
    private final EnsembleSpec spec;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> predictions;
    private final TestInputTopic<byte[], byte[]> outcomes;
    private final TestInputTopic<byte[], byte[]> feedback;
    private final ContractSerializer<Prediction> predictionSerializer;
    private final ContractSerializer<Outcome> outcomeSerializer;
    private Instant now = Samples.START;

    Harness(EnsembleSpec spec) throws IOException {
        this.spec = spec;
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.learningGroup());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        this.driver = new TopologyTestDriver(LearningTopology.build(spec, registry, 2), properties, now);
        this.predictions = input(spec.topics().predictions());
        this.outcomes = input(spec.outcomes().topic());
        this.feedback = input(spec.topics().feedback());
        this.predictionSerializer = new ContractSerializer<>(registry, Codecs.PREDICTION);
        this.outcomeSerializer = new ContractSerializer<>(registry, Codecs.outcome(spec.labels()));
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(Prediction prediction) {
        sendPrediction(bytes(prediction.eventId()), bytes(prediction));
    }

    /** The index of past predictions. */
    WindowStore<Bytes, byte[]> past() {
        return driver.getWindowStore(PredictionIndex.NAME);
    }

    void sendPrediction(byte[] key, byte[] value) {
        predictions.pipeInput(key, value, now);
    }

    byte[] bytes(Prediction prediction) {
        return predictionSerializer.serialize(spec.topics().predictions(), prediction);
    }

    void send(Outcome outcome) {
        send(outcome, now);
    }

    /** Sends an outcome whose record has the given timestamp. */
    void send(Outcome outcome, Instant timestamp) {
        outcomes.pipeInput(bytes("any key"), bytes(outcome), timestamp);
    }

    /** Sends an outcome whose record has a header. */
    void send(Outcome outcome, Header header) {
        outcomes.pipeInput(
                new TestRecord<>(bytes("any key"), bytes(outcome), new RecordHeaders(new Header[] {header}), now));
    }

    /** Sends a prediction whose record has a header. */
    void send(Prediction prediction, Header header) {
        predictions.pipeInput(new TestRecord<>(
                bytes(prediction.eventId()), bytes(prediction), new RecordHeaders(new Header[] {header}), now));
    }

    void sendOutcome(byte[] key, byte[] value) {
        outcomes.pipeInput(key, value, now);
    }

    byte[] bytes(Outcome outcome) {
        return outcomeSerializer.serialize(spec.outcomes().topic(), outcome);
    }

    byte[] bytes(Feedback value) {
        return new ContractSerializer<>(registry, Codecs.FEEDBACK)
                .serialize(spec.topics().feedback(), value);
    }

    void sendFeedback(byte[] key, byte[] value) {
        feedback.pipeInput(key, value, now);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    void advance(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
    }

    long nowMillis() {
        return now.toEpochMilli();
    }

    List<Feedback> feedback() {
        return feedbackRecords().stream().map(TestRecord::value).toList();
    }

    List<TestRecord<byte[], Feedback>> feedbackRecords() {
        return read(spec.topics().feedback(), Codecs.FEEDBACK);
    }

    List<TestRecord<byte[], Weights>> weights() {
        return read(spec.topics().weights(), Codecs.WEIGHTS);
    }

    List<TestRecord<byte[], Metrics>> metrics() {
        return read(spec.topics().metrics(), Codecs.METRICS);
    }

    List<Metrics> metrics(Metrics.Scope scope) {
        return metrics().stream()
                .map(TestRecord::value)
                .filter(each -> each.scope() == scope)
                .toList();
    }

    List<TestRecord<byte[], DeadLetter>> deadLetters() {
        return read(spec.topics().deadLetters(), Codecs.DEAD_LETTER);
    }

    /** What has come to a topic since it was last read. */
    private <T> List<TestRecord<byte[], T>> read(String topic, Codec<T> codec) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ContractDeserializer<>(registry, codec))
                .readRecordsToList();
    }

    /** A counter, by the name that metrics give it. */
    long count(String counter) {
        return (long) told().stream()
                .filter(each -> each.name().equals(counter + Counters.TOTAL))
                .mapToDouble(Told::value)
                .sum();
    }

    /** What the plane tells of itself. */
    List<Told> told() {
        return Told.in(driver.metrics(), spec.ensemble());
    }

    /** How many entries a store has. */
    int stored(String store) {
        int entries = 0;
        try (KeyValueIterator<Object, byte[]> all =
                driver.<Object, byte[]>getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                KeyValue<Object, byte[]> entry = all.next();
                entries += entry.value == null ? 0 : 1;
            }
        }
        return entries;
    }

    /** How many events have still to expire. */
    int expiring() {
        int events = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(LearningTopology.EXPIRY).all()) {
            while (all.hasNext()) {
                events += ExpiryLog.count(all.next().value);
            }
        }
        return events;
    }

    /** Where an event's prediction is. */
    Place find(String eventId) {
        return PredictionIndex.find(driver.getKeyValueStore(LearningTopology.PENDING), past(), eventId);
    }

    @Override
    public void close() throws IOException {
        driver.close();
        Utils.delete(state.toFile());
        server.close();
    }
}
