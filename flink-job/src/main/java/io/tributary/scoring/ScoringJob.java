package io.tributary.scoring;

import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The scoring plane as a Flink job: events and weights in, predictions and dead letters out.
 */
public final class ScoringJob {

    private static final String NAME = " scoring, spec version ";

    private ScoringJob() {}

    /**
     * Adds the scoring plane of an ensemble to an environment; the caller executes it. Slot groups that prefer a GPU have
     * none unless the spec has been {@linkplain EnsembleSpec#onGpu settled}.
     *
     * @param checkpointInterval how often state is saved; with exactly-once delivery also how often predictions appear
     * @throws java.io.UncheckedIOException if the spec's file can no longer be read
     * @throws IllegalArgumentException if there is a {@link #transactionProblem}
     */
    public static void build(StreamExecutionEnvironment env, EnsembleSpec spec, Duration checkpointInterval) {
        build(env, spec, checkpointInterval, MemberSource.classPath());
    }

    /**
     * The same for an environment whose Flink offers no GPUs, in a process that may use some.
     *
     * @param gpus their indices
     */
    public static void buildHere(
            StreamExecutionEnvironment env, EnsembleSpec spec, Duration checkpointInterval, Set<Integer> gpus) {
        build(env, spec, checkpointInterval, MemberSource.classPath(gpus));
    }

    static void build(
            StreamExecutionEnvironment env, EnsembleSpec spec, Duration checkpointInterval, MemberSource members) {
        build(env, spec, ShippedSpec.of(spec), checkpointInterval, members);
    }

    static void build(
            StreamExecutionEnvironment env,
            EnsembleSpec spec,
            ShippedSpec shipped,
            Duration checkpointInterval,
            MemberSource members) {
        transactionProblem(spec, checkpointInterval).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        env.configure(configuration);
        env.enableCheckpointing(checkpointInterval.toMillis());
        env.setBufferTimeout(Math.min(5, spec.batch().linger().toMillis()));

        SingleOutputStreamOperator<RawRecord> records =
                source(env, spec, spec.events().topic(), "events", true);
        Outside outside = new Outside(shipped, members, ControlSource.topic(), WeightsSource.topic());
        MemberGraph.Scored scored =
                new MemberGraph(env, spec, outside).scored(records, () -> weights(env, spec, shipped));
        scored.predictions()
                .sinkTo(ContractSinks.predictions(spec, shipped))
                .name("predictions")
                .uid("predictions");
        scored.deadLetters()
                .sinkTo(ContractSinks.deadLetters(spec, shipped))
                .name("dead-letters")
                .uid("dead-letters")
                .setParallelism(1);
    }

    /** The operators that must have loaded a new version of a spec, by what they are called on the control topic. */
    public static List<String> followers(EnsembleSpec spec) {
        return MemberGraph.followers(spec.slots());
    }

    /** The job's name in Flink. */
    public static String name(EnsembleSpec spec) {
        return spec.ensemble() + NAME + spec.version();
    }

    /** Whether a job of the given name scores the same ensemble, be it by another version of its spec. */
    public static boolean isOf(EnsembleSpec spec, String jobName) {
        return jobName.startsWith(spec.ensemble() + NAME);
    }

    /**
     * How long a transaction of the job's sinks may last: the broker must allow it.
     *
     * @return empty if the spec's delivery needs no transactions
     */
    public static Optional<Duration> transactionTimeout(EnsembleSpec spec) {
        return ContractSinks.transactionTimeout(spec);
    }

    /**
     * Why transactions of the job's sinks would not outlast the time between two checkpoints, with what to change; empty if
     * they do, or there are none.
     */
    public static Optional<String> transactionProblem(EnsembleSpec spec, Duration checkpointInterval) {
        return ContractSinks.transactionProblem(spec, checkpointInterval);
    }

    private static SingleOutputStreamOperator<Weights> weights(
            StreamExecutionEnvironment env, EnsembleSpec spec, ShippedSpec shipped) {
        return named(
                source(env, spec, spec.topics().weights(), "weights", false)
                        .process(new DecodeWeights(shipped), TypeInformation.of(Weights.class))
                        .setParallelism(1),
                WeightsReading.STAGE);
    }

    /** Events go on from where the group left off; weights are read from the beginning, for the topic is compacted. */
    private static SingleOutputStreamOperator<RawRecord> source(
            StreamExecutionEnvironment env, EnsembleSpec spec, String topic, String name, boolean goesOn) {
        Properties properties = new Properties();
        properties.putAll(spec.kafka().properties());
        properties.put("isolation.level", "read_committed");
        KafkaSource<RawRecord> source = KafkaSource.<RawRecord>builder()
                .setBootstrapServers(spec.kafka().bootstrap())
                .setTopics(topic)
                .setGroupId(goesOn ? spec.scoringGroup() : spec.scoringGroup() + ".weights")
                .setClientIdPrefix(spec.scoringGroup() + "." + name)
                .setStartingOffsets(
                        goesOn
                                ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
                                : OffsetsInitializer.earliest())
                .setDeserializer(new RawRecordSchema())
                .setProperties(properties)
                .build();
        SingleOutputStreamOperator<RawRecord> records = named(
                env.fromSource(source, WatermarkStrategy.noWatermarks(), name, TypeInformation.of(RawRecord.class)),
                name);
        return goesOn ? records : records.setParallelism(1);
    }

    private static <T> SingleOutputStreamOperator<T> named(SingleOutputStreamOperator<T> operator, String name) {
        return operator.name(name).uid(name);
    }
}
