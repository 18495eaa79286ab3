package io.tributary.benchmarks.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.app.embedded.WorkDirectory;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Planes;
import io.tributary.app.plane.Topics;
import io.tributary.benchmarks.process.ChildTask;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.SchemaRegistry;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs both planes under a steady load and tells how long after an outcome's append the weights that have learned from it
 * were appended, and the first prediction that uses them. All times are the broker's.
 *
 * @param what the case
 * @param seconds for how long events and outcomes come
 */
record Delays(LearningCase what, int seconds) implements ChildTask<Delays.Result> {
    private static final long serialVersionUID = 1L;

    /** Events come faster than weights, so that little of the time is waiting for the next event. */
    private static final int EVENTS_A_TICK = 10;

    private static final long TICK_MILLIS = 10;
    private static final int EVENTS_AN_OUTCOME = 5;
    private static final int LABELS_LATE_TICKS = 100;
    private static final int WARM_UP_SECONDS = 5;
    private static final long END_MILLIS = 3_000;

    /**
     * What was found, in milliseconds, one number an outcome.
     *
     * @param toWeights until the weights' append
     * @param toPrediction until the append of the first prediction that uses them
     */
    record Result(double[] toWeights, double[] toPrediction) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Result call() throws Exception {
        // The scoring plane ships the file.
        Path file = Files.createTempDirectory("spec").resolve(what.name() + ".yaml");
        Files.writeString(file, what.yaml());
        EnsembleSpec spec = SpecParser.parse(file);
        SchemaRegistry registry = new SchemaRegistry(what.stack().registryUrl(), Map.of());
        try (Broker broker = Broker.connect(spec)) {
            Topics.prepare(spec, broker, registry, true, LearningCase.PARTITIONS);
        }
        long from;
        try (WorkDirectory work = WorkDirectory.create();
                Planes planes = Planes.start(spec, Planes.Settings.brisk(work, 1))) {
            planes.awaitRunning(line -> {});
            from = System.currentTimeMillis() + 1000 * WARM_UP_SECONDS;
            play(spec, registry);
            planes.failure().ifPresent(why -> {
                throw new IllegalStateException(why);
            });
        }
        return read(spec, registry, from);
    }

    private void play(EnsembleSpec spec, SchemaRegistry registry) throws InterruptedException {
        Schema schema = SchemaBuilder.record("Event")
                .fields()
                .requiredString("id")
                .requiredLong("time")
                .requiredDouble("x")
                .endRecord();
        String events = spec.events().topic();
        RecordWriter writer = new RecordWriter(schema, registry.register(events + "-value", schema));
        GenericData.Record event = new GenericData.Record(schema);
        ContractSerializer<Outcome> serializer = new ContractSerializer<>(registry, Codecs.outcome(spec.labels()));
        String outcomes = spec.outcomes().topic();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", what.stack().bootstrap());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long begun = System.nanoTime();
            long ticks = 1000L * (seconds + WARM_UP_SECONDS) / TICK_MILLIS;
            for (long tick = 0; tick < ticks; tick++) {
                for (long number = tick * EVENTS_A_TICK; number < (tick + 1) * EVENTS_A_TICK; number++) {
                    event.put("id", Traffic.id(number));
                    event.put("time", System.currentTimeMillis());
                    event.put("x", Math.sin(number));
                    producer.send(
                            new ProducerRecord<>(events, Traffic.id(number).getBytes(UTF_8), writer.write(event)));
                    long labelled = number - (long) LABELS_LATE_TICKS * EVENTS_A_TICK;
                    if (labelled >= 0 && labelled % EVENTS_AN_OUTCOME == 0) {
                        byte[] value = serializer.serialize(outcomes, Traffic.outcome(labelled));
                        producer.send(new ProducerRecord<>(
                                outcomes, Traffic.id(labelled).getBytes(UTF_8), value));
                    }
                }
                long due = begun + (tick + 1) * TICK_MILLIS * 1_000_000;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            }
        }
        Thread.sleep(END_MILLIS);
    }

    private Result read(EnsembleSpec spec, SchemaRegistry registry, long fromMillis) {
        TopicDump dump = new TopicDump(what.stack().bootstrap(), registry);
        Map<String, Long> appended = new HashMap<>();
        dump.read(
                spec.outcomes().topic(),
                Codecs.outcome(spec.labels()),
                (outcome, millis) -> appended.put(outcome.eventId(), millis));
        NavigableMap<Long, Long> weights = new TreeMap<>();
        dump.read(
                spec.topics().weights(),
                Codecs.WEIGHTS,
                (Weights each, long millis) -> weights.merge(each.version(), millis, Math::min));
        NavigableMap<Long, Long> predictions = new TreeMap<>();
        dump.read(
                spec.topics().predictions(),
                Codecs.PREDICTION,
                (Prediction each, long millis) -> predictions.merge(each.weightsVersion(), millis, Math::min));
        Samples toWeights = new Samples();
        Samples toPrediction = new Samples();
        long[] version = {0};
        dump.read(spec.topics().feedback(), Codecs.FEEDBACK, (Feedback feedback, long ignored) -> {
            version[0]++;
            long outcome = appended.getOrDefault(feedback.eventId(), 0L);
            Map.Entry<Long, Long> published = weights.ceilingEntry(version[0]);
            if (outcome >= fromMillis && published != null) {
                toWeights.add(published.getValue() - outcome);
                Map.Entry<Long, Long> used = predictions.ceilingEntry(published.getKey());
                if (used != null) {
                    toPrediction.add(used.getValue() - outcome);
                }
            }
        });
        return new Result(toWeights.toArray(), toPrediction.toArray());
    }
}
