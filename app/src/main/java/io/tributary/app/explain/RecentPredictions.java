package io.tributary.app.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Emitted;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds a prediction where nobody keeps an index: among the newest of the topic. */
final class RecentPredictions {

    /** So many records are looked through in all. */
    static final int MOST = 200_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EnsembleSpec spec;

    RecentPredictions(EnsembleSpec spec) {
        this.spec = spec;
    }

    /** Where the newest prediction for an event is; null if it is not among the newest, or Kafka does not answer. */
    @Nullable
    Place find(String eventId) {
        Map<String, String> settings = Map.of("auto.offset.reset", "earliest", "max.poll.records", "5000");
        try (KafkaConsumer<byte[], byte[]> consumer = Emitted.consumer(spec, settings)) {
            return find(eventId.getBytes(UTF_8), consumer);
        } catch (KafkaException e) {
            return null;
        }
    }

    private @Nullable Place find(byte[] key, KafkaConsumer<byte[], byte[]> consumer) {
        String topic = spec.topics().predictions();
        List<TopicPartition> partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
        consumer.assign(partitions);
        for (TopicPartition each : partitions) {
            long from = ends.getOrDefault(each, 0L) - MOST / partitions.size();
            consumer.seek(each, Math.max(first.getOrDefault(each, 0L), from));
        }
        ConsumerRecord<byte[], byte[]> newest = null;
        int copies = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ends.isEmpty() && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (Arrays.equals(record.key(), key)) {
                    copies++;
                    newest = newest == null || record.timestamp() >= newest.timestamp() ? record : newest;
                }
            }
            ends.entrySet().removeIf(each -> consumer.position(each.getKey(), PATIENCE) >= each.getValue());
        }
        return newest == null ? null : new Place(topic, newest.partition(), newest.offset(), copies);
    }
}
