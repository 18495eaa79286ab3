package io.tributary.benchmarks.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.SchemaRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes predictions and outcomes to a case's topics. */
final class Feeder {

    private static final int THREADS = 2;

    private final LearningCase what;
    private final EnsembleSpec spec;
    private final SchemaRegistry registry;

    Feeder(LearningCase what, EnsembleSpec spec, SchemaRegistry registry) {
        this.what = what;
        this.spec = spec;
        this.registry = registry;
    }

    /** Writes the predictions of events from one number to before another. */
    void predict(long from, long to) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (KafkaProducer<byte[], byte[]> producer = producer(null)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long first = from + thread;
                parts.add(threads.submit(() -> predict(producer, first, to)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void predict(KafkaProducer<byte[], byte[]> producer, long first, long to) {
        Traffic traffic = new Traffic(spec, what.segments());
        ContractSerializer<Prediction> serializer = new ContractSerializer<>(registry, Codecs.PREDICTION);
        String topic = spec.topics().predictions();
        for (long number = first; number < to; number += THREADS) {
            byte[] value = serializer.serialize(topic, traffic.prediction(number, System.currentTimeMillis()));
            producer.send(new ProducerRecord<>(topic, Traffic.id(number).getBytes(UTF_8), value));
        }
    }

    /**
     * Writes outcomes that all become visible at once, when this returns: what it costs to write them is spent before what
     * is done with them.
     *
     * @param numbers the event of each outcome
     * @return where each partition ends behind them
     */
    Map<TopicPartition, Long> label(int outcomes, LongUnaryOperator numbers) {
        ContractSerializer<Outcome> serializer = new ContractSerializer<>(registry, Codecs.outcome(spec.labels()));
        String topic = spec.outcomes().topic();
        Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(what.name() + ".labels")) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < outcomes; i++) {
                Outcome outcome = Traffic.outcome(numbers.applyAsLong(i));
                producer.send(
                        new ProducerRecord<>(
                                topic, outcome.eventId().getBytes(UTF_8), serializer.serialize(topic, outcome)),
                        (sent, problem) -> {
                            // What cannot be sent fails the commit.
                            if (problem == null) {
                                TopicPartition partition = new TopicPartition(topic, sent.partition());
                                ends.merge(partition, sent.offset() + 1, Math::max);
                            }
                        });
            }
            producer.flush();
            producer.commitTransaction();
        }
        return ends;
    }

    private KafkaProducer<byte[], byte[]> producer(@Nullable String transactions) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "bootstrap.servers",
                what.stack().bootstrap(),
                "linger.ms",
                20,
                "batch.size",
                1 << 18,
                "compression.type",
                "lz4"));
        if (transactions != null) {
            properties.put("transactional.id", transactions);
        }
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
