package io.tributary.scoring;

import io.tributary.core.Step;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Takes records as they are. Decoding belongs in an operator: a failure in here would restart the job over and over on
 * the same bad record.
 */
final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(of(record));
    }

    /** A record as it was read. */
    static RawRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                step(record.headers().lastHeader(Step.HEADER)),
                TraceHeaders.of(record.headers()));
    }

    private static @Nullable Step step(@Nullable Header header) {
        return header == null || header.value() == null
                ? null
                : Step.parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
