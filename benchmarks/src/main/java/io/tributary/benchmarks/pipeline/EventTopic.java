package io.tributary.benchmarks.pipeline;

import io.tributary.benchmarks.process.StackProcess;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a shape's events, in Avro as the registry knows it, filled before anything is measured. */
public final class EventTopic {

    private static final long SINCE_MILLIS = 1_700_000_000_000L;
    private static final int SEED = 7;

    private EventTopic() {}

    /**
     * Makes a topic and fills it.
     *
     * @param partitions over which events are spread evenly
     */
    public static void fill(StackProcess.Addresses stack, Shape shape, String topic, int partitions, int records)
            throws ExecutionException, InterruptedException {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", stack.bootstrap()));
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
        Schema schema = shape.schema();
        int id = new SchemaRegistry(stack.registryUrl(), Map.of()).register(topic + "-value", schema);
        properties.putAll(Map.of("linger.ms", 20, "batch.size", 1 << 18));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            Events events = new Events(shape, schema, id);
            for (int i = 0; i < records; i++) {
                producer.send(events.next(topic, i, i % partitions));
            }
        }
    }

    /** One after the other, from a seed. */
    private static final class Events {
        private final GenericData.Record record;
        private final RecordWriter writer;
        private final SplittableRandom random = new SplittableRandom(SEED);

        Events(Shape shape, Schema schema, int id) {
            this.record = new GenericData.Record(schema);
            this.writer = new RecordWriter(schema, id);
        }

        ProducerRecord<byte[], byte[]> next(String topic, int i, int partition) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            record.put("id", id);
            record.put("time", SINCE_MILLIS + i);
            List<Schema.Field> fields = record.getSchema().getFields();
            for (Schema.Field field : fields.subList(2, fields.size())) {
                double value = 2 * random.nextDouble() - 1;
                record.put(field.pos(), field.schema().getType() == Schema.Type.FLOAT ? (Object) (float) value : value);
            }
            return new ProducerRecord<>(topic, partition, id.getBytes(StandardCharsets.UTF_8), writer.write(record));
        }
    }
}
