package io.tributary.test;

import io.tributary.app.play.PlayedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records. */
final class Records implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    Records(String bootstrap) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends a record, waits for it and says where it is. */
    RecordMetadata send(String topic, String key, byte[] value) {
        return send(topic, key, value, List.of());
    }

    /** The same with headers. */
    RecordMetadata send(String topic, String key, byte[] value, List<Header> headers) {
        try {
            return producer.send(
                            new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value, headers))
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError("cannot send to " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Sends events in their order without waiting for each; they are there when this returns. */
    void sendAll(String topic, List<PlayedEvent> events) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (PlayedEvent event : events) {
            producer.send(
                    new ProducerRecord<>(topic, event.id().getBytes(StandardCharsets.UTF_8), event.record()),
                    (metadata, problem) -> failure.compareAndSet(null, problem));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("cannot send to " + topic, failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
