package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.process.ChildTask;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Runs a pipeline in its contender's JVM until its topic is drained or it has written for long enough, and notes what the
 * process spends. One JVM runs all cases of a contender, one after the other: compiled code is shared where cases share it,
 * and what starts a job is left out, since only the time between two outputs is looked at.
 *
 * @param what the pipeline
 * @param records after how many outputs it is drained
 * @param millis how long after the first output to stop, whatever is left
 */
record Drain(PipelineCase what, long records, long millis) implements ChildTask<Drain.Result> {
    private static final long serialVersionUID = 1L;

    private static final long GLANCE_MILLIS = 50;
    private static final long START_MILLIS = 60_000;

    /**
     * What the process has spent.
     *
     * @param samples over the time, from before the start to after the last output
     * @param peakBytes the most memory that it held
     */
    record Result(List<Spending.Sample> samples, long peakBytes) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Result call() throws Exception {
        Path temporary = Files.createTempDirectory("drain");
        System.gc();
        try (Spending spending = Spending.watch();
                Pipeline.Running running = what.contender().make().start(what, temporary)) {
            await(running);
            spending.close();
            return new Result(List.copyOf(spending.samples()), Spending.peakBytes());
        }
    }

    private void await(Pipeline.Running running) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", what.bootstrap());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(what.output()).size())
                    .mapToObj(i -> new TopicPartition(what.output(), i))
                    .toList();
            long begun = System.currentTimeMillis();
            long first = 0;
            while (true) {
                long written = consumer.endOffsets(partitions).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                long now = System.currentTimeMillis();
                first = first == 0 && written > 0 ? now : first;
                if (written >= records || (first > 0 && now - first > millis)) {
                    return;
                }
                running.check();
                if (first == 0 && now - begun > START_MILLIS) {
                    throw new IllegalStateException(
                            "nothing was written to " + what.output() + " within " + START_MILLIS + " ms");
                }
                Thread.sleep(GLANCE_MILLIS);
            }
        }
    }
}
