package io.tributary.benchmarks.pipeline;

import io.tributary.core.Prediction;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline has written, read when all is over.
 *
 * @param appendMillis when the broker took each record, ascending, epoch milliseconds
 * @param meanBytes how large a record's value is
 * @param batchSize how many records a batch for the members had, in the middle of the run; NaN where that is not told
 */
record Outputs(long[] appendMillis, double meanBytes, double batchSize) {

    /** So many are looked into: enough to tell, and few enough to be read in no time. */
    private static final int LOOKED_INTO = 20_000;

    private static final Duration POLL = Duration.ofSeconds(1);

    /** So many polls in a row may bring nothing. */
    private static final int PATIENCE = 20;

    /** Reads all of a topic. */
    static Outputs read(PipelineCase what) {
        Map<String, Object> properties = Map.of("bootstrap.servers", what.bootstrap(), "max.poll.records", 10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(what.output()).size())
                    .mapToObj(i -> new TopicPartition(what.output(), i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long count = ends.values().stream().mapToLong(Long::longValue).sum();
            Batches batches = what.contender() == Contender.TRIBUTARY ? new Batches(what, count) : null;
            long[] times = new long[Math.toIntExact(count)];
            long bytes = 0;
            int silent = 0;
            for (int n = 0; n < count; ) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                silent = polled.isEmpty() ? silent + 1 : 0;
                if (silent > PATIENCE) {
                    throw new IllegalStateException(what.output() + " has " + count + " records, of which " + n
                            + " could be read in time: does the broker still run, and has its disk room?");
                }
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    times[n++] = record.timestamp();
                    bytes += record.value().length;
                    if (batches != null) {
                        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                        batches.take(record, record.offset() / (double) (end == null ? 1 : end));
                    }
                }
            }
            Arrays.sort(times);
            return new Outputs(times, bytes / (double) count, batches == null ? Double.NaN : batches.size());
        }
    }

    /** Of predictions of one batch these are the same, and of others hardly ever all of them. */
    private record Batch(long millis, long membersMicros, long slowestMicros, long firstMicros) {}

    /** Counts the batches in the same stretch of all partitions. */
    private static final class Batches {
        private final String topic;
        private final ContractDeserializer<Prediction> predictions;
        private final double share;
        private final Set<Batch> seen = new HashSet<>();
        private int records;

        Batches(PipelineCase what, long count) {
            this.topic = what.output();
            this.predictions =
                    new ContractDeserializer<>(new SchemaRegistry(what.registryUrl(), Map.of()), Codecs.PREDICTION);
            this.share = Math.min(0.5, LOOKED_INTO / (double) count);
        }

        void take(ConsumerRecord<byte[], byte[]> record, double place) {
            if (place < 0.5 || place >= 0.5 + share) {
                return;
            }
            @Nullable Prediction prediction = predictions.deserialize(topic, record.value());
            if (prediction == null || prediction.latencies() == null || prediction.degraded()) {
                throw new IllegalStateException(topic + " has a prediction that lacks a member or its times, at offset "
                        + record.offset() + ": the members did not keep up, and what was measured is no scoring");
            }
            long[] took = prediction.latencies().tookMicros();
            seen.add(new Batch(
                    prediction.processingTimeMillis(),
                    prediction.latencies().membersMicros(),
                    Arrays.stream(took).max().orElse(0),
                    took[0]));
            records++;
        }

        double size() {
            return seen.isEmpty() ? Double.NaN : records / (double) seen.size();
        }
    }
}
