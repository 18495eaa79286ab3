package io.tributary.app.explain;

import io.tributary.app.UserError;
import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Emitted;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads one record of the predictions topic, and no other. */
public final class PredictionReader {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Map<String, String> SETTINGS = Map.of(
            "auto.offset.reset", "none",
            "max.poll.records", "1",
            "default.api.timeout.ms", Long.toString(PATIENCE.toMillis()),
            "request.timeout.ms", "10000");

    private final EnsembleSpec spec;
    private final SchemaRegistry registry;

    /** From the broker of the given spec. */
    public PredictionReader(EnsembleSpec spec, SchemaRegistry registry) {
        this.spec = spec;
        this.registry = registry;
    }

    /**
     * The prediction at a place.
     *
     * @throws UserError if the broker does not answer, has that record no longer, or it is no prediction for the event
     */
    public Prediction read(Place place, String eventId) {
        ConsumerRecord<byte[], byte[]> record = record(place);
        Prediction prediction;
        try {
            prediction =
                    new ContractDeserializer<>(registry, Codecs.PREDICTION).deserialize(place.topic(), record.value());
        } catch (SerializationException e) {
            throw new UserError("what is at " + place + " is no prediction: " + e.getMessage(), e);
        }
        if (prediction == null || !prediction.eventId().equals(eventId)) {
            throw new UserError("at " + place + " is " + (prediction == null ? "nothing" : "another event's prediction")
                    + ", not that for '" + eventId + "': the topic was made anew, or "
                    + spec.kafka().bootstrap()
                    + " is not the broker that the learning plane reads from");
        }
        return prediction;
    }

    private ConsumerRecord<byte[], byte[]> record(Place place) {
        TopicPartition partition = new TopicPartition(place.topic(), place.partition());
        try (KafkaConsumer<byte[], byte[]> consumer = Emitted.consumer(spec, SETTINGS)) {
            consumer.assign(List.of(partition));
            Long first = consumer.beginningOffsets(List.of(partition)).get(partition);
            if (first != null && first > place.offset()) {
                throw deleted(place, first);
            }
            consumer.seek(partition, place.offset());
            ConsumerRecord<byte[], byte[]> record = poll(consumer, partition);
            if (record == null) {
                throw new UserError("the record at " + place + " did not come within " + PATIENCE.toSeconds()
                        + " s; see whether " + spec.kafka().bootstrap()
                        + " is the broker that the learning plane reads from");
            }
            if (record.offset() != place.offset()) {
                throw deleted(place, record.offset());
            }
            return record;
        } catch (KafkaException e) {
            throw new UserError(
                    "the record at " + place + " cannot be read from "
                            + spec.kafka().bootstrap() + " (" + e.getMessage()
                            + "); see that the broker runs and that kafka.bootstrap in " + spec.file()
                            + " is right, or name another with --bootstrap",
                    e);
        }
    }

    private static @Nullable ConsumerRecord<byte[], byte[]> poll(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200)).records(partition)) {
                return record;
            }
        }
        return null;
    }

    private static UserError deleted(Place place, long first) {
        return new UserError("the broker has deleted the prediction's record at " + place + ", and what it still has"
                + " begins at offset " + first + "; to keep predictions for longer raise retention.ms of the topic "
                + place.topic());
    }
}
