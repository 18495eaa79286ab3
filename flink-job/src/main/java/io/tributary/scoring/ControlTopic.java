package io.tributary.scoring;

import io.tributary.core.control.Control;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control topic of an ensemble, read from its beginning by plain clients. It has one partition. One thread reads;
 * any may say something, and interrupt the reading.
 */
public final class ControlTopic implements ControlLog {

    private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 1 << 25;

    private final String topic;
    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ContractSerializer<Control> serializer;
    private final RecordReader reader;
    private volatile @Nullable Exception unsaid;

    /**
     * At the beginning of the topic.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public ControlTopic(EnsembleSpec spec) {
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        this.topic = spec.topics().control();
        this.partition = new TopicPartition(topic, 0);
        this.serializer = new ContractSerializer<>(registry, Codecs.CONTROL);
        this.reader = new RecordReader(registry, Codecs.CONTROL.schema());
        Map<String, Object> reading = ShippedSpec.clientProperties(spec);
        reading.put("enable.auto.commit", "false");
        reading.put("isolation.level", "read_committed");
        reading.put("max.partition.fetch.bytes", Integer.toString(MOST_BYTES));
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            this.producer = new KafkaProducer<>(
                    ShippedSpec.clientProperties(spec), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (RuntimeException | Error e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Hands over what has been said up to now and was not read yet, oldest first.
     *
     * @throws IllegalStateException if the topic's end is not reached in time
     */
    @Override
    public void readToEnd(Consumer<Control> into) {
        long end = consumer.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (consumer.position(partition, LIMIT) < end) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "topic " + topic + " was not read to its end within " + LIMIT.toSeconds() + " s");
            }
            read(Duration.ofMillis(200)).forEach(into);
        }
    }

    /**
     * What has been said since the last call; waits for it as long as given.
     *
     * @return empty if nothing was said or {@link #wakeUp} was called
     */
    @Override
    public List<Control> read(Duration patience) {
        List<Control> said = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
                Control each = decoded(record);
                if (each != null) {
                    said.add(each);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("woken up while reading {}", topic);
        }
        return said;
    }

    private @Nullable Control decoded(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return Codecs.CONTROL.read(reader.read(record.value()));
        } catch (UndecodableException e) {
            LOG.warn("record {} of {} is passed over: {}", record.offset(), topic, e.getMessage());
            return null;
        }
    }

    /** Says something; returns before it is on the topic. */
    @Override
    public synchronized void say(Control control) {
        send(control.key(), serializer.serialize(topic, control));
    }

    /** Takes back what was said under a key. */
    public void takeBack(String key) {
        send(key, null);
    }

    private void send(String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value), (sent, failure) -> {
            if (failure != null) {
                LOG.warn("{} could not be said on {}", key, topic, failure);
                unsaid = failure;
            }
        });
    }

    /**
     * Waits until all that was said is on the topic.
     *
     * @throws KafkaException if something did not get there
     */
    public void flush() {
        producer.flush();
        Exception failure = unsaid;
        unsaid = null;
        if (failure != null) {
            throw new KafkaException(
                    "topic " + topic + " did not take what was said: " + failure.getMessage(), failure);
        }
    }

    /** Ends a {@link #read} that waits. */
    @Override
    public void wakeUp() {
        consumer.wakeup();
    }

    /** Called by the thread that reads, or once it has ended. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
