package io.tributary.dashboard.read;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads what is on topics up to now, once, in no consumer group. */
public final class Glance {

    private static final Duration POLL = Duration.ofMillis(100);

    private static final Map<String, String> SETTINGS = Map.of(
            "client.id", "tributary-glance",
            "allow.auto.create.topics", "false",
            "auto.offset.reset", "earliest",
            "fetch.max.wait.ms", "50",
            "max.poll.records", "5000");

    private Glance() {}

    /**
     * Tells a watcher what was emitted lately. Topics that are missing are passed over.
     *
     * @param patience how long may pass without a record
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     * @throws io.tributary.schemas.RegistryException if the registry does not answer
     */
    public static void at(
            EnsembleSpec spec,
            SchemaRegistry registry,
            Watcher watcher,
            Reach reach,
            long nowMillis,
            Duration patience) {
        Emitted emitted = new Emitted(spec, registry, watcher);
        try (KafkaConsumer<byte[], byte[]> consumer = Emitted.consumer(spec, SETTINGS)) {
            List<TopicPartition> partitions = partitions(consumer, Emitted.topics(spec), patience);
            Map<TopicPartition, Long> from =
                    new Beginnings(spec.topics(), reach).of(partitions, consumer, nowMillis, patience);
            read(consumer, from, patience, emitted::take);
        }
    }

    /**
     * Hands over all that is on a topic.
     *
     * @param patience how long may pass without a record
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public static void all(EnsembleSpec spec, String topic, Duration patience, Reader reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = Emitted.consumer(spec, SETTINGS)) {
            List<TopicPartition> partitions = partitions(consumer, List.of(topic), patience);
            Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions, patience);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
            long total = partitions.stream()
                    .mapToLong(each -> ends.getOrDefault(each, 0L) - from.getOrDefault(each, 0L))
                    .sum();
            reader.begins(total);
            read(consumer, from, patience, reader::take);
        }
    }

    /** Takes the records of a topic. */
    public interface Reader {

        /** So many are to come, or somewhat fewer where the topic is compacted. */
        void begins(long records);

        /** The next one. */
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    private static List<TopicPartition> partitions(
            Consumer<byte[], byte[]> consumer, Collection<String> topics, Duration patience) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, patience);
            if (found != null) {
                found.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
            }
        }
        return partitions;
    }

    private static void read(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Duration patience,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> into) {
        Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(from.keySet(), patience));
        consumer.assign(from.keySet());
        from.forEach((partition, offset) -> consumer.seek(partition, offset));
        long deadline = System.nanoTime() + patience.toNanos();
        left.entrySet().removeIf(each -> consumer.position(each.getKey(), patience) >= each.getValue());
        while (!left.isEmpty()) {
            boolean any = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                into.accept(record);
                any = true;
            }
            left.entrySet().removeIf(each -> consumer.position(each.getKey(), patience) >= each.getValue());
            if (any) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "no record has come for " + patience.toSeconds() + " s, and there are more: " + left.keySet());
            }
        }
    }
}
