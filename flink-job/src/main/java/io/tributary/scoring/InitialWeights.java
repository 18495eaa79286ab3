package io.tributary.scoring;

import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.FittedWeights;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the first event is scored with: the spec's initial weights, if it has any, and then, unless the spec says
 * otherwise, all that is on the weights topic. A plain consumer reads that to its end: the broadcast that brings later
 * weights cannot arrive while the task is still opening.
 */
final class InitialWeights {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private InitialWeights() {}

    /**
     * Hands every published weights record of the ensemble to the given consumer, oldest first within a partition; none
     * where the spec says to begin without.
     *
     * @throws IllegalStateException if the topic's end is not reached in time
     */
    static void published(EnsembleSpec spec, Consumer<Weights> into) {
        if (spec.bootstrap() == EnsembleSpec.Bootstrap.PUBLISHED) {
            readTopic(spec, into);
        }
    }

    /** What the spec's file of initial weights holds; nothing if it names none. */
    static List<Weights> fitted(EnsembleSpec spec) {
        return spec.initialWeights() == null
                ? List.of()
                : FittedWeights.read(spec.initialWeights()).weights();
    }

    private static void readTopic(EnsembleSpec spec, Consumer<Weights> into) {
        Map<String, Object> properties = ShippedSpec.clientProperties(spec);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        String topic = spec.topics().weights();
        RecordReader reader = new RecordReader(
                new SchemaRegistry(spec.registry().url(), spec.registry().properties()), Codecs.WEIGHTS.schema());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (partitions.stream().anyMatch(each -> consumer.position(each, LIMIT) < ends.getOrDefault(each, 0L))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the weights on topic " + topic + " were not read to their end within " + LIMIT.toSeconds()
                                    + " s; is the broker at " + spec.kafka().bootstrap() + " well?");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    accept(record, reader, spec.ensemble(), into);
                }
            }
        }
    }

    /** What cannot be read here reaches the decoder of the broadcast too, which writes the dead letter. */
    private static void accept(
            ConsumerRecord<byte[], byte[]> record, RecordReader reader, String ensemble, Consumer<Weights> into) {
        if (record.value() == null) {
            return;
        }
        try {
            Weights weights = Codecs.WEIGHTS.read(reader.read(record.value()));
            if (weights.ensemble().equals(ensemble)) {
                into.accept(weights);
            }
        } catch (UndecodableException e) {
            return;
        }
    }
}
