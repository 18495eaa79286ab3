package io.tributary.benchmarks.learning;

import io.tributary.schemas.Codec;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics of contracts, what is committed of them. */
final class TopicDump {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> properties;
    private final SchemaRegistry registry;

    TopicDump(String bootstrap, SchemaRegistry registry) {
        this.properties = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        this.registry = registry;
    }

    /** Takes a record and when it was appended. */
    interface Each<T> {
        void take(T value, long appendedMillis);
    }

    /** Reads a topic from its beginning to the end that it has now; records without a value are left out. */
    <T> void read(String topic, Codec<T> codec, Each<T> each) {
        ContractDeserializer<T> deserializer = new ContractDeserializer<>(registry, codec);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    T value = deserializer.deserialize(topic, record.value());
                    if (value != null) {
                        each.take(value, record.timestamp());
                    }
                }
            }
        }
    }
}
