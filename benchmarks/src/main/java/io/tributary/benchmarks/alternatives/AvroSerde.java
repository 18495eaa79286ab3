package io.tributary.benchmarks.alternatives;

import io.tributary.schemas.RecordReader;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** What Confluent's serde for generic records does, which is not on Maven Central. A writer and a reader a thread. */
final class AvroSerde {

    private AvroSerde() {}

    /** Of events. */
    static Serde<GenericRecord> events(Wanted wanted) {
        return serde(wanted, wanted.events() + "-value", new Schema.Parser().parse(wanted.eventSchema()));
    }

    /** Of predictions. */
    static Serde<GenericRecord> predictions(Wanted wanted) {
        return serde(wanted, wanted.predictionSubject(), new Schema.Parser().parse(Wanted.PREDICTION));
    }

    private static Serde<GenericRecord> serde(Wanted wanted, String subject, Schema schema) {
        SchemaRegistry registry = new SchemaRegistry(wanted.registry(), Map.of());
        int id = registry.register(subject, schema);
        ThreadLocal<RecordWriter> writers = ThreadLocal.withInitial(() -> new RecordWriter(schema, id));
        ThreadLocal<RecordReader> readers = ThreadLocal.withInitial(() -> new RecordReader(registry, schema));
        Serializer<GenericRecord> serializer = (topic, record) -> writers.get().write(record);
        Deserializer<GenericRecord> deserializer = (topic, bytes) -> {
            try {
                return readers.get().read(bytes);
            } catch (UndecodableException e) {
                throw new SerializationException("an event in " + topic + " cannot be read", e);
            }
        };
        return Serdes.serdeFrom(serializer, deserializer);
    }
}
