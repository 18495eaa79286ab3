package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.alternatives.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink in this process, set up in the same way for every pipeline that is compared, and as {@code tributary run} does. */
final class LocalFlink {

    /** The command's default. */
    static final Duration CHECKPOINTS = Duration.ofSeconds(5);

    /** What Tributary sets for its default linger. */
    private static final long BUFFER_TIMEOUT_MILLIS = 5;

    private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);

    private LocalFlink() {}

    static StreamExecutionEnvironment environment(int parallelism, Path temporary) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(48));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        env.enableCheckpointing(CHECKPOINTS.toMillis());
        env.setBufferTimeout(BUFFER_TIMEOUT_MILLIS);
        return env;
    }

    /** A source as Tributary's: from the beginning, committed records alone. The caller says how records are read. */
    static <T> KafkaSourceBuilder<T> source(PipelineCase what) {
        Properties properties = new Properties();
        properties.put("isolation.level", "read_committed");
        return KafkaSource.<T>builder()
                .setBootstrapServers(what.bootstrap())
                .setTopics(what.input())
                .setGroupId(what.output())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperties(properties);
    }

    /** A sink as Tributary's with delivery at-least-once. */
    static <T> KafkaSink<T> sink(PipelineCase what, KafkaRecordSerializationSchema<T> records) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(what.bootstrap())
                .setRecordSerializer(records)
                .setProperty("batch.size", Integer.toString(Wanted.PRODUCER_BATCH_BYTES))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    /** Starts what has been built. */
    static Pipeline.Running start(StreamExecutionEnvironment env) throws Exception {
        return new Job(env.executeAsync("measured"));
    }

    private static final class Job implements Pipeline.Running {
        private final JobClient client;
        private final CompletableFuture<JobExecutionResult> end;

        Job(JobClient client) {
            this.client = client;
            this.end = client.getJobExecutionResult();
        }

        @Override
        public void check() throws ExecutionException, InterruptedException {
            if (end.isDone()) {
                end.get();
                throw new IllegalStateException("the job has ended by itself");
            }
        }

        @Override
        public void close() throws ExecutionException, InterruptedException, TimeoutException {
            if (!end.isDone()) {
                client.cancel().get(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
                end.handle((result, failure) -> 0).get(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
