package io.tributary.app.play;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what both planes emit from now on, on a thread of its own, and hands it to a {@link Watcher}. The newest
 * weights from before are handed over too.
 */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> handlers = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    /** Takes what is seen; called on the watch's thread. */
    public interface Watcher {
        /** A prediction has been emitted. */
        void prediction(Prediction prediction);

        /** Weights have been published. */
        void weights(Weights weights);

        /** Figures have been reported. */
        void metrics(Metrics metrics);

        /** A record could not be used. */
        void deadLetter(DeadLetter letter);
    }

    private Watch(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher) {
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("fetch.max.wait.ms", "50");
        properties.put("max.poll.records", "5000");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        EnsembleSpec.Topics topics = spec.topics();
        handle(topics.predictions(), registry, Codecs.PREDICTION, watcher::prediction);
        handle(topics.weights(), registry, Codecs.WEIGHTS, watcher::weights);
        handle(topics.metrics(), registry, Codecs.METRICS, watcher::metrics);
        handle(topics.deadLetters(), registry, Codecs.DEAD_LETTER, watcher::deadLetter);
        this.thread = new Thread(this::follow, "watch-" + spec.ensemble());
        thread.setDaemon(true);
    }

    /** Starts following; what is emitted after this returns is seen. */
    public static Watch start(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher) {
        Watch watch = new Watch(spec, registry, watcher);
        watch.seek(spec.topics().weights());
        watch.thread.start();
        return watch;
    }

    private <T> void handle(String topic, SchemaRegistry registry, Codec<T> codec, Consumer<T> next) {
        ContractDeserializer<T> deserializer = new ContractDeserializer<>(registry, codec);
        handlers.put(topic, record -> {
            try {
                T value = deserializer.deserialize(topic, record.value());
                if (value != null) {
                    next.accept(value);
                }
            } catch (SerializationException e) {
                LOG.warn("{}-{} offset {} is not ours: {}", topic, record.partition(), record.offset(), e.getMessage());
            }
        });
    }

    private void seek(String weightsTopic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : handlers.keySet()) {
            consumer.partitionsFor(topic, PATIENCE)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions.stream()
                .filter(each -> !each.topic().equals(weightsTopic))
                .toList());
        consumer.seekToBeginning(partitions.stream()
                .filter(each -> each.topic().equals(weightsTopic))
                .toList());
        // Seeking is lazy: asking for the position makes it happen now.
        partitions.forEach(each -> consumer.position(each, PATIENCE));
    }

    private void follow() {
        try {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Consumer<ConsumerRecord<byte[], byte[]>> handler = handlers.get(record.topic());
                    if (handler != null) {
                        handler.accept(record);
                    }
                }
            }
        } catch (WakeupException e) {
            LOG.debug("the watch is over", e);
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    /** What stopped the watch; null while it goes on. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
