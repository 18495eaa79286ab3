package io.tributary.benchmarks.pipeline;

import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka, Flink, Kafka and nothing else: the same records in, records as large as the predictions out, one chain. */
final class PassthroughPipeline implements Pipeline {

    private static final TypeInformation<Tuple2<byte[], byte[]>> KEY_AND_VALUE = new TupleTypeInfo<>(
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    @Override
    public Running start(PipelineCase what, Path temporary) throws Exception {
        StreamExecutionEnvironment env = LocalFlink.environment(what.parallelism(), temporary);
        KafkaSource<Tuple2<byte[], byte[]>> source = LocalFlink.<Tuple2<byte[], byte[]>>source(what)
                .setDeserializer(new AsTheyAre())
                .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "events", KEY_AND_VALUE)
                .sinkTo(LocalFlink.sink(what, new OfGivenSize(what.output(), what.outputBytes())));
        return LocalFlink.start(env);
    }

    private static final class AsTheyAre implements KafkaRecordDeserializationSchema<Tuple2<byte[], byte[]>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<byte[], byte[]>> out) {
            out.collect(Tuple2.of(record.key(), record.value()));
        }

        @Override
        public TypeInformation<Tuple2<byte[], byte[]>> getProducedType() {
            return KEY_AND_VALUE;
        }
    }

    private static final class OfGivenSize implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {
        private static final long serialVersionUID = 1L;

        private final String topic;
        private final byte[] value;

        OfGivenSize(String topic, int bytes) {
            this.topic = topic;
            this.value = new byte[bytes];
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Tuple2<byte[], byte[]> record, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(topic, record.f0, value);
        }
    }
}
