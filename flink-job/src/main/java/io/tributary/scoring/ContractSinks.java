package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.EncodedPrediction;
import io.tributary.schemas.SchemaRegistry;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The sinks of the scoring plane, with the delivery that the spec asks for. */
final class ContractSinks {

    /** Longer than any checkpoint should take, and within the 15 minutes that brokers allow unless told otherwise. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 10 * 60 * 1000;

    /** What a checkpoint may take and a restart of the job on top of the interval. */
    private static final Duration TIME_TO_RESTART = Duration.ofSeconds(30);

    private static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

    /** Predictions are many and some hundred bytes each; Kafka's own default sends some forty of them at a time. */
    private static final int BATCH_BYTES = 64 << 10;

    private ContractSinks() {}

    /**
     * How long transactions may last, which the spec's properties may say; empty if there are none.
     *
     * @throws IllegalArgumentException if the spec's properties say no number
     */
    static Optional<Duration> transactionTimeout(EnsembleSpec spec) {
        if (spec.delivery() != EnsembleSpec.Delivery.EXACTLY_ONCE) {
            return Optional.empty();
        }
        String millis = spec.kafka()
                .properties()
                .getOrDefault(TRANSACTION_TIMEOUT, Integer.toString(TRANSACTION_TIMEOUT_MILLIS));
        try {
            return Optional.of(Duration.ofMillis(Integer.parseInt(millis.strip())));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    spec.file() + ": kafka.properties has " + TRANSACTION_TIMEOUT + ": " + millis
                            + ", must be a whole number of milliseconds",
                    e);
        }
    }

    /**
     * Why the broker would end transactions before the checkpoint that commits them, and their predictions would be lost;
     * empty if it would not.
     *
     * @param checkpointInterval how often transactions are committed
     */
    static Optional<String> transactionProblem(EnsembleSpec spec, Duration checkpointInterval) {
        return transactionTimeout(spec)
                .filter(timeout -> checkpointInterval.plus(TIME_TO_RESTART).compareTo(timeout) >= 0)
                .map(timeout -> spec.file() + " has delivery: exactly-once, whose transactions may last "
                        + TRANSACTION_TIMEOUT + " = " + timeout.toMillis() + ", and the checkpoint interval is "
                        + checkpointInterval.toMillis() + " ms, must be at least "
                        + TIME_TO_RESTART.toSeconds()
                        + " s shorter, or the broker would drop predictions; lower --checkpoint, raise "
                        + TRANSACTION_TIMEOUT
                        + " in kafka.properties, or use delivery: at-least-once");
    }

    /** Transactional ids begin with it: no other sink, of this or another ensemble, may have the same. */
    static String transactionalIdPrefix(EnsembleSpec spec, String sink) {
        return spec.ensemble() + "." + sink;
    }

    /** Predictions, keyed by event id. */
    static KafkaSink<EncodedPrediction> predictions(EnsembleSpec spec, ShippedSpec shipped) {
        return sink(
                spec,
                "predictions",
                new PredictionRecords(shipped, spec.topics().predictions()));
    }

    /** Dead letters, keyed as the records they are about. */
    static KafkaSink<DeadLetter> deadLetters(EnsembleSpec spec, ShippedSpec shipped) {
        return sink(
                spec,
                "dead-letters",
                new DeadLetterRecords(shipped, spec.topics().deadLetters()));
    }

    private static <T> KafkaSink<T> sink(EnsembleSpec spec, String name, KafkaRecordSerializationSchema<T> records) {
        Properties properties = new Properties();
        properties.put("batch.size", Integer.toString(BATCH_BYTES));
        properties.putAll(spec.kafka().properties());
        KafkaSinkBuilder<T> builder = KafkaSink.<T>builder()
                .setBootstrapServers(spec.kafka().bootstrap())
                .setRecordSerializer(records);
        Optional<Duration> timeout = transactionTimeout(spec);
        if (timeout.isPresent()) {
            properties.put(TRANSACTION_TIMEOUT, Long.toString(timeout.get().toMillis()));
            builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(transactionalIdPrefix(spec, name));
        } else {
            builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        return builder.setKafkaProducerConfig(properties).build();
    }

    /** Makes Kafka records of one contract; opened on the task manager. */
    private abstract static class Records<T> implements KafkaRecordSerializationSchema<T> {
        private static final long serialVersionUID = 1L;

        final String topic;
        private final ShippedSpec shipped;

        Records(ShippedSpec shipped, String topic) {
            this.shipped = shipped;
            this.topic = topic;
        }

        abstract void open(SchemaRegistry registry);

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
            EnsembleSpec spec = shipped.unpack();
            open(new SchemaRegistry(spec.registry().url(), spec.registry().properties()));
        }

        IllegalStateException notOpen() {
            return new IllegalStateException("the sink of " + topic + " is not open");
        }
    }

    /** Predictions are encoded where they are made; what is left is the schema's id. */
    private static final class PredictionRecords extends Records<EncodedPrediction> implements Serializable {
        private static final long serialVersionUID = 1L;

        private transient @Nullable SchemaRegistry registry;
        private transient @Nullable Integer schemaId;

        PredictionRecords(ShippedSpec shipped, String topic) {
            super(shipped, topic);
        }

        @Override
        void open(SchemaRegistry theRegistry) {
            registry = theRegistry;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                EncodedPrediction prediction, KafkaSinkContext context, @Nullable Long timestamp) {
            if (schemaId == null) {
                schemaId = register();
            }
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, prediction.key(), prediction.valueUnder(schemaId));
            TraceHeaders.add(prediction.trace(), record.headers());
            return record;
        }

        private int register() {
            if (registry == null) {
                throw notOpen();
            }
            return registry.register(topic + "-value", Codecs.PREDICTION.schema());
        }
    }

    private static final class DeadLetterRecords extends Records<DeadLetter> implements Serializable {
        private static final long serialVersionUID = 1L;

        private transient @Nullable ContractSerializer<DeadLetter> serializer;

        DeadLetterRecords(ShippedSpec shipped, String topic) {
            super(shipped, topic);
        }

        @Override
        void open(SchemaRegistry registry) {
            serializer = new ContractSerializer<>(registry, Codecs.DEAD_LETTER);
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
            if (serializer == null) {
                throw notOpen();
            }
            return new ProducerRecord<>(topic, letter.key(), serializer.serialize(topic, letter));
        }
    }
}
