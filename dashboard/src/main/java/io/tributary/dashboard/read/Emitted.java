package io.tributary.dashboard.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes records of an ensemble's own topics and hands them to a {@link Watcher}. Not for several threads. */
public final class Emitted {

    private static final Logger LOG = LoggerFactory.getLogger(Emitted.class);

    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> handlers = new HashMap<>();
    private final String segmentPrefix;
    private final Watcher watcher;

    /** What is emitted about the given ensemble. */
    public Emitted(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher) {
        this.watcher = watcher;
        this.segmentPrefix = spec.ensemble() + "/";
        EnsembleSpec.Topics topics = spec.topics();
        handle(topics.predictions(), registry, Codecs.PREDICTION, watcher::prediction);
        handle(topics.weights(), registry, Codecs.WEIGHTS, watcher::weights);
        handle(topics.metrics(), registry, Codecs.METRICS, watcher::metrics);
        handle(topics.deadLetters(), registry, Codecs.DEAD_LETTER, watcher::deadLetter);
        handle(topics.control(), registry, Codecs.CONTROL, watcher::control);
    }

    private <T> void handle(String topic, SchemaRegistry registry, Codec<T> codec, Consumer<T> next) {
        ContractDeserializer<T> deserializer = new ContractDeserializer<>(registry, codec);
        handlers.put(topic, record -> {
            try {
                T value = deserializer.deserialize(topic, record.value());
                if (value != null) {
                    next.accept(value);
                } else if (codec == Codecs.WEIGHTS) {
                    forget(record.key());
                }
            } catch (SerializationException e) {
                LOG.warn("{}-{} offset {} is not ours: {}", topic, record.partition(), record.offset(), e.getMessage());
            }
        });
    }

    private void forget(byte[] key) {
        String name = new String(key, UTF_8);
        if (name.startsWith(segmentPrefix)) {
            watcher.forgotten(name.substring(segmentPrefix.length()));
        }
    }

    /** Takes a record; one of another topic is passed over, and one that is not ours is logged. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        Consumer<ConsumerRecord<byte[], byte[]>> handler = handlers.get(record.topic());
        if (handler != null) {
            handler.accept(record);
        }
    }

    /** A consumer of no group that sees what has been committed, of the broker that a spec names. */
    public static KafkaConsumer<byte[], byte[]> consumer(EnsembleSpec spec, Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.putAll(settings);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
