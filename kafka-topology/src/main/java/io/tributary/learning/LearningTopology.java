package io.tributary.learning;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * The learning plane's topology, in three parts that topics connect:
 *
 * <pre>
 * outcomes ─▶ decode-outcome ─▶ outcomes-by-event (internal; left out where outcomes are copartitioned)
 * predictions ─▶ join-prediction ─┐ stores pending-events, shapes, first-seen, settling; past-predictions of the
 * outcomes-by-event ─▶ join-outcome ─┴─▶ feedback     second alone
 * feedback ─▶ learn ─▶ weights, metrics                stores learned, since-snapshot
 * </pre>
 *
 * Each part writes what it cannot use to the dead letters. Every node, store and internal topic has a name of its own,
 * so that a rebuilt topology finds its state again; {@code topology.txt} among the tests' resources shows all of them.
 */
public final class LearningTopology {

    static final String DECODED_OUTCOMES = "decoded-outcomes";
    static final String OUTCOME_DEAD_LETTERS = "outcome-dead-letters";
    static final String PREDICTION_DEAD_LETTERS = "prediction-dead-letters";
    static final String FEEDBACK_DEAD_LETTERS = "feedback-dead-letters";
    static final String JOINED = "joined";
    static final String WEIGHTS = "weights";
    static final String METRICS = "metrics";

    static final String PENDING = "pending-events";
    static final String SHAPES = "shapes";
    static final String EXPIRY = "first-seen";
    static final String SETTLING = "settling";
    static final String LEARNED = "learned";
    static final String SINCE_SNAPSHOT = "since-snapshot";

    /** Both stores of the learner are read back whole at a start, so their changelogs must be compacted soon. */
    private static final Map<String, String> SMALL_SEGMENTS =
            Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20));

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final EnsembleSpec spec;
    private final SchemaRegistry registry;
    private final StreamsBuilder builder = new StreamsBuilder();

    private LearningTopology(EnsembleSpec spec, SchemaRegistry registry) {
        this.spec = spec;
        this.registry = registry;
    }

    /**
     * Builds the topology. Its state is right only under the processing guarantee {@code exactly_once_v2}.
     *
     * @param registry shared by all threads
     * @param predictionPartitions how many partitions the predictions topic has, at least 1; outcomes are brought to the
     *     same number
     */
    public static Topology build(EnsembleSpec spec, SchemaRegistry registry, int predictionPartitions) {
        LearningTopology topology = new LearningTopology(spec, registry);
        topology.addStores();
        topology.join(topology.outcomes(predictionPartitions));
        topology.learn();
        return topology.builder.build();
    }

    private void addStores() {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(PENDING), Serdes.Bytes(), BYTES));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(SHAPES), Serdes.Integer(), BYTES));
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(EXPIRY), Serdes.Bytes(), BYTES)
                .withCachingEnabled());
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SETTLING), Serdes.Bytes(), BYTES));
        builder.addStateStore(PredictionIndex.storeBuilder());
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(LEARNED), Serdes.String(), BYTES)
                .withLoggingEnabled(SMALL_SEGMENTS));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(SINCE_SNAPSHOT), Serdes.Integer(), BYTES)
                        .withLoggingEnabled(SMALL_SEGMENTS));
    }

    /** Decoded outcomes, keyed by event id and partitioned like predictions. */
    private KStream<byte[], byte[]> outcomes(int predictionPartitions) {
        KStream<byte[], byte[]> decoding = source(spec.outcomes().topic(), "outcomes")
                .process(
                        Node.supplier(context -> new DecodeOutcome(spec, registry, context)),
                        Named.as("decode-outcome"));
        sink(decoding, spec.topics().deadLetters(), OUTCOME_DEAD_LETTERS);
        // Nodes forward to their children by name, and this is a name that Streams does not choose.
        KStream<byte[], byte[]> decoded = decoding.mapValues(bytes -> bytes, Named.as(DECODED_OUTCOMES));
        return spec.outcomes().copartitioned()
                ? decoded
                : decoded.repartition(Repartitioned.with(BYTES, BYTES)
                        .withName("outcomes-by-event")
                        .withNumberOfPartitions(predictionPartitions));
    }

    private void join(KStream<byte[], byte[]> outcomes) {
        KStream<byte[], byte[]> fromPredictions = source(spec.topics().predictions(), "predictions")
                .process(
                        Node.supplier(context -> new JoinPrediction(spec, registry, context)),
                        Named.as("join-prediction"),
                        PENDING,
                        SHAPES,
                        EXPIRY,
                        SETTLING);
        sink(fromPredictions, spec.topics().deadLetters(), PREDICTION_DEAD_LETTERS);
        KStream<byte[], byte[]> fromOutcomes = outcomes.process(
                Node.supplier(context -> new JoinOutcome(spec, registry, context)),
                Named.as("join-outcome"),
                PENDING,
                SHAPES,
                EXPIRY,
                SETTLING,
                PredictionIndex.NAME);
        StreamPartitioner<byte[], byte[]> oneOrder = (topic, key, value, partitions) -> Optional.of(Set.of(0));
        fromPredictions
                .merge(fromOutcomes, Named.as(JOINED))
                .to(
                        spec.topics().feedback(),
                        Produced.with(BYTES, BYTES).withName("feedback").withStreamPartitioner(oneOrder));
    }

    private void learn() {
        KStream<byte[], byte[]> learning = source(spec.topics().feedback(), "ordered-feedback")
                .process(
                        Node.supplier(context -> new LearnFeedback(spec, registry, context)),
                        Named.as("learn"),
                        LEARNED,
                        SINCE_SNAPSHOT);
        sink(learning, spec.topics().weights(), WEIGHTS);
        sink(learning, spec.topics().metrics(), METRICS);
        sink(learning, spec.topics().deadLetters(), FEEDBACK_DEAD_LETTERS);
    }

    private KStream<byte[], byte[]> source(String topic, String name) {
        return builder.stream(topic, Consumed.with(BYTES, BYTES).withName(name));
    }

    private static void sink(KStream<byte[], byte[]> stream, String topic, String name) {
        stream.to(topic, Produced.with(BYTES, BYTES).withName(name));
    }
}
