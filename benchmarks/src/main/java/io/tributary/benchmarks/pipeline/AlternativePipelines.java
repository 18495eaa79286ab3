package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.alternatives.FlinkBatches;
import io.tributary.benchmarks.alternatives.FlinkMap;
import io.tributary.benchmarks.alternatives.StreamsProcessor;
import io.tributary.benchmarks.alternatives.Wanted;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.streams.KafkaStreams;

/** What one would write without the product, run as the rest is: Flink is set up in the same way. */
final class AlternativePipelines {

    private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);

    private AlternativePipelines() {}

    static Pipeline flinkMap() {
        return flink(FlinkMap::build);
    }

    static Pipeline flinkBatches() {
        return flink(FlinkBatches::build);
    }

    static Pipeline kafkaStreams() {
        return (what, temporary) -> {
            KafkaStreams application = StreamsProcessor.application(wanted(what), temporary.toString());
            application.start();
            return new Application(application);
        };
    }

    private static Pipeline flink(BiConsumer<StreamExecutionEnvironment, Wanted> job) {
        return (what, temporary) -> {
            StreamExecutionEnvironment env = LocalFlink.environment(what.parallelism(), temporary);
            job.accept(env, wanted(what));
            return LocalFlink.start(env);
        };
    }

    private static Wanted wanted(PipelineCase what) {
        Wanted wanted = of(what);
        // Subtasks that register the same subject at the same moment fail one another.
        new SchemaRegistry(wanted.registry(), Map.of())
                .register(wanted.predictionSubject(), new Schema.Parser().parse(Wanted.PREDICTION));
        return wanted;
    }

    private static Wanted of(PipelineCase what) {
        return new Wanted(
                what.output() + ".plain",
                what.bootstrap(),
                what.registryUrl(),
                what.input(),
                what.output(),
                what.shape().schema().toString(),
                "id",
                IntStream.range(0, what.shape().features())
                        .mapToObj(i -> "f" + i)
                        .toList(),
                what.modelFiles(),
                what.batch(),
                what.parallelism());
    }

    private record Application(KafkaStreams streams) implements Pipeline.Running {

        @Override
        public void check() {
            if (streams.state() == KafkaStreams.State.ERROR || streams.state().hasCompletedShutdown()) {
                throw new IllegalStateException("the application has ended by itself, in state " + streams.state());
            }
        }

        @Override
        public void close() {
            streams.close(TIME_TO_STOP);
        }
    }
}
