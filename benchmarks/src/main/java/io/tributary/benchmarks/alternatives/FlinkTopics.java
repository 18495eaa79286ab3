package io.tributary.benchmarks.alternatives;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroDeserializationSchema;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroSerializationSchema;
import org.apache.flink.formats.avro.typeutils.GenericRecordAvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** How the Flink jobs read and write Kafka: with Flink's own Avro formats and Kafka connector. */
final class FlinkTopics {

    private static final Schema PREDICTION = new Schema.Parser().parse(Wanted.PREDICTION);

    private FlinkTopics() {}

    /** What predictions are between operators. */
    static GenericRecordAvroTypeInfo predictionType() {
        return new GenericRecordAvroTypeInfo(PREDICTION);
    }

    /** The events from the beginning of the topic on. */
    static DataStream<GenericRecord> events(StreamExecutionEnvironment env, Wanted wanted) {
        Schema schema = new Schema.Parser().parse(wanted.eventSchema());
        KafkaSource<GenericRecord> source = KafkaSource.<GenericRecord>builder()
                .setBootstrapServers(wanted.bootstrap())
                .setTopics(wanted.events())
                .setGroupId(wanted.name())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(
                        ConfluentRegistryAvroDeserializationSchema.forGeneric(schema, wanted.registry()))
                .build();
        return env.fromSource(
                source, WatermarkStrategy.noWatermarks(), "events", new GenericRecordAvroTypeInfo(schema));
    }

    /** Writes the predictions, keyed by event id. */
    static void write(DataStream<GenericRecord> predictions, Wanted wanted) {
        predictions.sinkTo(KafkaSink.<GenericRecord>builder()
                .setBootstrapServers(wanted.bootstrap())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setProperty("batch.size", Integer.toString(Wanted.PRODUCER_BATCH_BYTES))
                .setRecordSerializer(KafkaRecordSerializationSchema.<GenericRecord>builder()
                        .setTopic(wanted.predictions())
                        .setKeySerializationSchema((GenericRecord prediction) ->
                                prediction.get("event_id").toString().getBytes(StandardCharsets.UTF_8))
                        .setValueSerializationSchema(ConfluentRegistryAvroSerializationSchema.forGeneric(
                                wanted.predictionSubject(), PREDICTION, wanted.registry()))
                        .build())
                .build());
    }

    /** Where a schema has the given fields. */
    static int[] positions(Schema schema, List<String> fields) {
        return fields.stream().mapToInt(field -> schema.getField(field).pos()).toArray();
    }

    /** What the models read of an event. */
    static float[] features(GenericRecord event, int[] positions) {
        float[] features = new float[positions.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = ((Number) event.get(positions[i])).floatValue();
        }
        return features;
    }

    /** A prediction for an event. */
    static GenericRecord prediction(String eventId, double[] scores) {
        List<Double> boxed = new ArrayList<>(scores.length);
        for (double score : scores) {
            boxed.add(score);
        }
        GenericRecord prediction = new GenericData.Record(PREDICTION);
        prediction.put("event_id", eventId);
        prediction.put("scores", boxed);
        return prediction;
    }
}
