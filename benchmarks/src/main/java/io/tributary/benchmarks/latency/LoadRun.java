package io.tributary.benchmarks.latency;

import io.tributary.benchmarks.pipeline.Combination;
import io.tributary.benchmarks.pipeline.PipelineBench;
import io.tributary.benchmarks.pipeline.RunTopics;
import io.tributary.benchmarks.pipeline.SpecText;
import io.tributary.benchmarks.process.ChildJvm;
import io.tributary.benchmarks.process.StackProcess;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.EnsembleSpec.Delivery;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a load on the scoring plane, in topics of its own. */
final class LoadRun {

    /** The command's default. */
    private static final Duration CHECKPOINTS = Duration.ofSeconds(5);

    private static final long GLANCE_MILLIS = 50;
    private static final long START_MILLIS = 60_000;

    private final PipelineBench pipelines;
    private final StackProcess.Addresses stack;
    private final Combination combination;
    private int runs;

    LoadRun(PipelineBench pipelines, StackProcess.Addresses stack, Combination combination) {
        this.pipelines = pipelines;
        this.stack = stack;
        this.combination = combination;
    }

    /**
     * What came of a load.
     *
     * @param answers what was answered
     * @param loop what was sent
     * @param seconds how long sending took, warm-up included
     */
    record Result(Answers answers, OpenLoop loop, double seconds) {}

    /**
     * Runs one.
     *
     * @param plane the JVM that the scoring plane runs in
     * @param perSecond the rate
     * @param seconds for how long, after a warm-up
     */
    Result run(ChildJvm plane, Load load, double perSecond, int seconds) throws Exception {
        String name = "latency-" + ++runs;
        EnsembleSpec spec = pipelines.prepare(
                new SpecText(
                        name,
                        combination.shape(),
                        name + ".events",
                        combination.batch(),
                        load.members(),
                        load.specLines()),
                combination);
        try (RunTopics topics = pipelines.written(spec).and(spec.events().topic());
                Running running = Running.start(plane, spec)) {
            return run(spec, load, perSecond, seconds);
        }
    }

    /** The scoring plane in its JVM. */
    private record Running(ChildJvm jvm) implements AutoCloseable {

        static Running start(ChildJvm jvm, EnsembleSpec spec) {
            jvm.call(new PlaneTasks.Start(spec.file().toString(), CHECKPOINTS));
            return new Running(jvm);
        }

        @Override
        public void close() {
            jvm.call(new PlaneTasks.Stop());
        }
    }

    private Result run(EnsembleSpec spec, Load load, double perSecond, int seconds) throws Exception {
        int warmUp = Load.warmUp(perSecond, seconds);
        int count = Load.events(perSecond, seconds);
        long since = System.currentTimeMillis();
        Times appended = new Times(count, since);
        boolean isLive = load.delivery() == Delivery.EXACTLY_ONCE;
        Answers answers = new Answers(appended, 1 + warmUp, since);
        FutureTask<Boolean> reading = new FutureTask<>(() -> read(answers, spec, isLive), true);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            OpenLoop loop =
                    new OpenLoop(producer, spec.events().topic(), PipelineBench.PARTITIONS, events(spec), appended);
            loop.sendOne();
            awaitFirst(spec);
            if (isLive) {
                start(reading);
            }
            long startNanos = System.nanoTime();
            loop.send(count - 1, perSecond);
            double took = (System.nanoTime() - startNanos) / 1e9;
            loop.flush();
            if (!isLive) {
                start(reading);
            }
            reading.get();
            return new Result(answers, loop, took);
        }
    }

    private static void start(FutureTask<Boolean> reading) {
        Thread thread = new Thread(reading, "answers");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(Answers answers, EnsembleSpec spec, boolean isLive) {
        answers.read(
                stack.bootstrap(),
                stack.registryUrl(),
                spec.topics().predictions(),
                PipelineBench.PARTITIONS,
                isLive ? Answers.Seen.COMMITTED : Answers.Seen.APPENDED);
    }

    private NumberedEvents events(EnsembleSpec spec) {
        Schema schema = combination.shape().schema();
        int id = new SchemaRegistry(stack.registryUrl(), Map.of())
                .register(spec.events().topic() + "-value", schema);
        return new NumberedEvents(schema, id);
    }

    /** The plane runs once it has answered the first event. */
    private void awaitFirst(EnsembleSpec spec) throws InterruptedException {
        List<TopicPartition> partitions = IntStream.range(0, PipelineBench.PARTITIONS)
                .mapToObj(i -> new TopicPartition(spec.topics().predictions(), i))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            long begun = System.currentTimeMillis();
            while (consumer.endOffsets(partitions).values().stream().allMatch(end -> end == 0)) {
                if (System.currentTimeMillis() - begun > START_MILLIS) {
                    throw new IllegalStateException("nothing was written to "
                            + spec.topics().predictions() + " within " + START_MILLIS + " ms");
                }
                Thread.sleep(GLANCE_MILLIS);
            }
        }
    }
}
