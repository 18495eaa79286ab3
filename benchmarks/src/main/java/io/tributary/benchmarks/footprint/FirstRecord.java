package io.tributary.benchmarks.footprint;

import io.tributary.app.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When the first record of a topic was appended. */
final class FirstRecord {

    private static final Duration POLL = Duration.ofMillis(200);

    private FirstRecord() {}

    /**
     * Waits for it.
     *
     * @param topic of one partition, with the broker's append times; it may have yet to be made
     * @return epoch milliseconds
     * @throws UserError if there is none within the given time
     */
    static long appendedMillis(String bootstrap, String topic, Duration patience) {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrap, "metadata.max.age.ms", "500");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() < deadline) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    return records.iterator().next().timestamp();
                }
            }
            throw new UserError("topic " + topic + " at " + bootstrap + " has no record after " + patience.toSeconds()
                    + " s; run the command by hand to see why");
        }
    }
}
