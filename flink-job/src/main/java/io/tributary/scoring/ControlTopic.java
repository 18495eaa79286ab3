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
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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

    private final String topic;
    private final TopicLog log;
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
        this.serializer = new ContractSerializer<>(registry, Codecs.CONTROL);
        this.reader = new RecordReader(registry, Codecs.CONTROL.schema());
        this.log = new TopicLog(spec, topic, null);
        try {
            this.producer = new KafkaProducer<>(
                    ShippedSpec.clientProperties(spec), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (RuntimeException | Error e) {
            log.close();
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
        log.readToEnd(record -> {
            Control said = decoded(record);
            if (said != null) {
                into.accept(said);
            }
        });
    }

    /**
     * What has been said since the last call; waits for it as long as given.
     *
     * @return empty if nothing was said or {@link #wakeUp} was called
     */
    @Override
    public List<Control> read(Duration patience) {
        List<Control> said = new ArrayList<>();
        for (RawRecord record : log.read(patience)) {
            Control each = decoded(record);
            if (each != null) {
                said.add(each);
            }
        }
        return said;
    }

    private @Nullable Control decoded(RawRecord record) {
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
        log.wakeUp();
    }

    /** Called by the thread that reads, or once it has ended. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        log.close();
    }
}
