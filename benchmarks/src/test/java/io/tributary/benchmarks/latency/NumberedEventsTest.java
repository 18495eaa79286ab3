package io.tributary.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.benchmarks.pipeline.Shape;
import io.tributary.schemas.RecordReader;
import io.tributary.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class NumberedEventsTest {

    private static final Schema SCHEMA = Shape.FRAUD.schema();

    @Test
    void record_ofAnyNumber_isTheSchemasWithThatId() throws UndecodableException {
        NumberedEvents events = new NumberedEvents(SCHEMA, 7);
        RecordReader reader = RecordReader.of(SCHEMA);

        for (long number : new long[] {0, 9, 4_096, 123_456_789_012L}) {
            GenericRecord record = reader.read(events.record(number));
            assertThat(record.get("id")).hasToString(new String(NumberedEvents.id(number), StandardCharsets.US_ASCII));
            assertThat((Double) record.get("f1")).isBetween(-1.0, 1.0);
        }
    }

    @Test
    void number_ofAnId_isTheEvents() {
        assertThat(NumberedEvents.number(NumberedEvents.id(0))).isZero();
        assertThat(NumberedEvents.number(NumberedEvents.id(98_765_432_101L))).isEqualTo(98_765_432_101L);
        assertThat(NumberedEvents.id(5)).hasSize(36);
    }
}
