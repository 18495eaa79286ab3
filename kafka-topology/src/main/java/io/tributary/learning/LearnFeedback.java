package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractReader;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Learns from feedback in the order of its topic. Changed weights and cumulative metrics are published at the spec's
 * interval, and once after every start so that a lost topic fills again; a metrics window is published when it closes,
 * and a drift alarm at once, with the figures of the moment.
 */
final class LearnFeedback extends DecodingNode {

    /**
     * Made-up outcomes may well be from next year, but one from further away has its time in the wrong unit. It is taken
     * as of the newest time so far: at its own, it would put an end to the windows of all others.
     */
    private static final Duration MOST_AHEAD = Duration.ofDays(731);

    private final EnsembleSpec.Topics topics;
    private final String ensemble;
    private final byte[] key;
    private final ContractReader<Feedback> reader;
    private final LearnedStore store;
    private final ContractSerializer<Weights> weights;
    private final ContractSerializer<Metrics> metrics;
    private final LearnedMetrics told;

    /** Before any feedback there is nothing to publish: scoring starts with equal weights by itself. */
    private long publishedVersion;

    LearnFeedback(EnsembleSpec spec, SchemaRegistry registry, ProcessorContext<byte[], byte[]> context) {
        super(spec, registry, context, "decode-feedback", LearningTopology.FEEDBACK_DEAD_LETTERS);
        this.topics = spec.topics();
        this.ensemble = spec.ensemble();
        this.key = spec.ensemble().getBytes(UTF_8);
        this.reader = ContractReader.feedback(registry);
        this.store = new LearnedStore(spec, reader, context);
        this.weights = new ContractSerializer<>(registry, Codecs.WEIGHTS);
        this.metrics = new ContractSerializer<>(registry, Codecs.METRICS);
        this.told = new LearnedMetrics(
                spec,
                sensor,
                store.learned().weights(context.currentSystemTimeMs()),
                context.taskId().partition() == 0);
        context.schedule(spec.learning().publish(), PunctuationType.WALL_CLOCK_TIME, this::publish);
    }

    @Override
    void take(Record<byte[], byte[]> record) throws UndecodableException {
        Feedback feedback = reader.read(record.value());
        requireSameClasses("feedback", feedback.scored().classes());
        long nowMillis = context.currentSystemTimeMs();
        long outcomeTimeMillis = feedback.outcomeTimeMillis() > nowMillis + MOST_AHEAD.toMillis()
                ? store.learned().newestOutcomeMillis()
                : feedback.outcomeTimeMillis();
        store.learn(feedback, record.value(), outcomeTimeMillis, nowMillis, report -> {
            told.reported(report);
            forward(report, record.timestamp());
        });
        counters.add(Counter.LEARNED);
    }

    private void publish(long nowMillis) {
        Learned learned = store.learned();
        if (learned.version() == publishedVersion) {
            return;
        }
        // Whoever has the global weights of a version must have seen the segments' of it.
        for (Weights segment : learned.segmentWeights(publishedVersion, nowMillis)) {
            forward(segmentKey(String.valueOf(segment.segment())), segment, nowMillis);
        }
        for (String segment : learned.segmentsGone(publishedVersion)) {
            context.forward(new Record<>(segmentKey(segment), null, nowMillis), LearningTopology.WEIGHTS);
        }
        Weights newest = learned.weights(nowMillis);
        told.published(newest);
        forward(key, newest, nowMillis);
        forward(learned.cumulative(nowMillis), nowMillis);
        publishedVersion = learned.version();
    }

    private byte[] segmentKey(String segment) {
        return (ensemble + "/" + segment).getBytes(UTF_8);
    }

    private void forward(byte[] recordKey, Weights newer, long nowMillis) {
        byte @Nullable [] bytes = weights.serialize(topics.weights(), newer);
        context.forward(new Record<>(recordKey, bytes, nowMillis), LearningTopology.WEIGHTS);
    }

    private void forward(Metrics report, long timestampMillis) {
        byte @Nullable [] bytes = metrics.serialize(topics.metrics(), report);
        context.forward(new Record<>(key, bytes, timestampMillis), LearningTopology.METRICS);
    }
}
