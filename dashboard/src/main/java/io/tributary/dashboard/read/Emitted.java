package io.tributary.dashboard.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes records of an ensemble's topics and hands them to a {@link Watcher}. Ensembles may share topics: what another
 * one says is passed over. Not for several threads.
 */
public final class Emitted {

    private static final Logger LOG = LoggerFactory.getLogger(Emitted.class);

    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> handlers = new HashMap<>();
    private final String ensemble;
    private final Watcher watcher;

    /** What is emitted about the given ensemble. */
    public Emitted(EnsembleSpec spec, SchemaRegistry registry, Watcher watcher) {
        this.watcher = watcher;
        this.ensemble = spec.ensemble();
        EnsembleSpec.Topics topics = spec.topics();
        Set<String> read = Stream.of(
                        spec.events().topic(),
                        spec.outcomes().topic(),
                        topics.predictions(),
                        topics.weights(),
                        topics.feedback(),
                        topics.control())
                .collect(Collectors.toSet());
        handle(topics.predictions(), registry, Codecs.PREDICTION, each -> isOwn(each.ensemble()), watcher::prediction);
        handle(topics.weights(), registry, Codecs.WEIGHTS, each -> isOwn(each.ensemble()), watcher::weights);
        handle(topics.metrics(), registry, Codecs.METRICS, each -> isOwn(each.ensemble()), watcher::metrics);
        // A letter does not name its ensemble: it is another one's if its record is from where this one never reads.
        handle(
                topics.deadLetters(),
                registry,
                Codecs.DEAD_LETTER,
                each -> read.contains(each.topic()),
                watcher::deadLetter);
        handle(topics.control(), registry, Codecs.CONTROL, each -> isOwn(each.ensemble()), watcher::control);
    }

    /** The topics on which something is emitted. */
    static List<String> topics(EnsembleSpec spec) {
        EnsembleSpec.Topics topics = spec.topics();
        return List.of(
                topics.predictions(), topics.weights(), topics.metrics(), topics.deadLetters(), topics.control());
    }

    private boolean isOwn(String whose) {
        return whose.equals(ensemble);
    }

    private <T> void handle(
            String topic, SchemaRegistry registry, Codec<T> codec, Predicate<T> isOwn, Consumer<T> next) {
        ContractDeserializer<T> deserializer = new ContractDeserializer<>(registry, codec);
        handlers.put(topic, record -> {
            try {
                T value = deserializer.deserialize(topic, record.value());
                if (value == null) {
                    if (codec == Codecs.WEIGHTS) {
                        forget(record.key());
                    }
                } else if (isOwn.test(value)) {
                    next.accept(value);
                }
            } catch (SerializationException e) {
                LOG.warn("{}-{} offset {} is not ours: {}", topic, record.partition(), record.offset(), e.getMessage());
            }
        });
    }

    private void forget(byte @Nullable [] key) {
        String name = key == null ? "" : new String(key, UTF_8);
        String before = ensemble + "/";
        if (name.startsWith(before)) {
            watcher.forgotten(name.substring(before.length()));
        }
    }

    /**
     * Takes a record; one of another topic or ensemble is passed over, and one that is not of the topic's contract is
     * logged.
     */
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
