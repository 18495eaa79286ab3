package io.tributary.benchmarks.latency;

import io.tributary.core.Prediction;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads predictions and notes how long each event had waited for its own. */
final class Answers {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int DIGITS = 3;

    /** Of so many predictions one is looked into. */
    private static final int LOOKED_INTO = 16;

    /** What ends a wait. */
    enum Seen {
        /** The append of the prediction; predictions are best read once the load is over. */
        APPENDED,
        /** That a consumer of committed records has it; predictions must be read while the load goes on. */
        COMMITTED
    }

    private final Times appended;
    private final long from;
    private final Times answered;
    private final Histogram operatorMicros = new Histogram(DIGITS);
    private int answers;
    private long repeated;
    private long degraded;
    private long lookedInto;

    /**
     * None yet.
     *
     * @param from the number of the first event that counts; those before it warm up
     * @param sinceMillis no event was sent before, epoch milliseconds
     */
    Answers(Times appended, long from, long sinceMillis) {
        this.appended = appended;
        this.from = from;
        this.answered = new Times(appended.count(), sinceMillis);
    }

    /**
     * Reads a topic from the beginning until every event is answered.
     *
     * @param seen what ends a wait
     * @throws IllegalStateException if nothing comes for half a minute before that
     */
    void read(String bootstrap, String registryUrl, String topic, int partitions, Seen seen) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", bootstrap));
        properties.put("max.poll.records", 10_000);
        properties.put("isolation.level", "read_committed");
        ContractDeserializer<Prediction> codec =
                new ContractDeserializer<>(new SchemaRegistry(registryUrl, Map.of()), Codecs.PREDICTION);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(i -> new TopicPartition(topic, i))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long last = System.nanoTime();
            while (answers < appended.count()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long nowMillis = System.currentTimeMillis();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    long number = NumberedEvents.number(record.key());
                    boolean isNew = take(number, seen == Seen.APPENDED ? record.timestamp() : nowMillis);
                    if (isNew && number >= from && number % LOOKED_INTO == 0) {
                        look(codec.deserialize(topic, record.value()));
                    }
                }
                last = records.isEmpty() ? last : System.nanoTime();
                if (System.nanoTime() - last > STANDSTILL_NANOS) {
                    throw new IllegalStateException(answers + " of " + appended.count() + " events were answered in "
                            + topic + ", and no more came for half a minute");
                }
            }
        }
    }

    /**
     * Takes the prediction for an event.
     *
     * @param millis when the wait for it ended, epoch milliseconds
     * @return whether it is the first
     */
    boolean take(long number, long millis) {
        if (answered.has(number)) {
            repeated++;
            return false;
        }
        answered.put(number, millis);
        answers++;
        return true;
    }

    private void look(@Nullable Prediction prediction) {
        if (prediction == null) {
            throw new IllegalStateException("a prediction is empty");
        }
        lookedInto++;
        degraded += prediction.degraded() ? 1 : 0;
        if (prediction.latencies() != null) {
            operatorMicros.recordValue(Math.max(0, prediction.latencies().totalMicros()));
        }
    }

    /** How long each event waited, in milliseconds, known to the millisecond; once the load is over. */
    Histogram waitMillis() {
        return waitMillis(appended::of);
    }

    /**
     * The same from another moment on, such as when the event was due: what it waited for the producer and the broker is
     * part of it then.
     *
     * @param since when each event's wait began, by its number, epoch milliseconds of the clock of this machine
     */
    Histogram waitMillis(LongUnaryOperator since) {
        Histogram waits = new Histogram(DIGITS);
        for (long number = from; number < appended.count(); number++) {
            waits.recordValue(Math.max(0, answered.of(number) - since.applyAsLong(number)));
        }
        return waits;
    }

    /** How long the operator that scores says that it took, of every sixteenth prediction, in microseconds. */
    Histogram operatorMicros() {
        return operatorMicros;
    }

    /** How many predictions came twice. */
    long repeated() {
        return repeated;
    }

    /** The share of predictions that lacked a member. */
    double degraded() {
        return lookedInto == 0 ? 0 : (double) degraded / lookedInto;
    }
}
