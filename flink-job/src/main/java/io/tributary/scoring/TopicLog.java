package io.tributary.scoring;

import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that a plain consumer reads, committed records alone. It has the partitions that the topic had when it was
 * opened, and belongs to no group.
 */
final class TopicLog implements RecordLog {

    private static final Logger LOG = LoggerFactory.getLogger(TopicLog.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TIME_TO_BE_KNOWN = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final int MOST_BYTES = 1 << 25;

    private final String topic;
    private final String bootstrap;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * At the beginning of all partitions of a topic.
     *
     * @param clientId what the broker knows the reader by; null to have Kafka's client choose
     * @throws IllegalStateException if there is no such topic
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    TopicLog(EnsembleSpec spec, String topic, @Nullable String clientId) {
        this.topic = topic;
        this.bootstrap = spec.kafka().bootstrap();
        Map<String, Object> properties = ShippedSpec.clientProperties(spec);
        if (clientId != null) {
            properties.put("client.id", clientId);
        }
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("max.partition.fetch.bytes", Integer.toString(MOST_BYTES));
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = partitionsOnceKnown();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException | Error e) {
            consumer.close();
            throw e;
        }
    }

    /** A broker may not have heard yet of a topic that was made a moment ago. */
    private List<TopicPartition> partitionsOnceKnown() {
        long deadline = System.nanoTime() + TIME_TO_BE_KNOWN.toNanos();
        while (true) {
            List<PartitionInfo> known = consumer.partitionsFor(topic, LIMIT);
            if (!known.isEmpty()) {
                return known.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the broker at " + bootstrap + " has no topic " + topic + "; make it, then start again");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    @Override
    public void readToEnd(Consumer<RawRecord> into) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (partitions.stream().anyMatch(each -> consumer.position(each, LIMIT) < ends.getOrDefault(each, 0L))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("topic " + topic + " was not read to its end within "
                        + LIMIT.toSeconds() + " s; is the broker at " + bootstrap + " well?");
            }
            read(GLANCE).forEach(into);
        }
    }

    @Override
    public List<RawRecord> read(Duration patience) {
        List<RawRecord> records = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
                records.add(RawRecordSchema.of(record));
            }
        } catch (WakeupException e) {
            LOG.debug("woken up while reading {}", topic);
        }
        return records;
    }

    @Override
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
