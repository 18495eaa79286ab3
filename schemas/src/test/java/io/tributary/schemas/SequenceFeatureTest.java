package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Decoded events carry the key of their sequences, and their own value in them. */
class SequenceFeatureTest {

    private static final EnsembleSpec SPEC = SpecParser.parse("""
            ensemble: test
            events: {topic: t, id: id, time: at}
            features: [{field: amount, key: card.number, last: 3, missing: 2}]
            members: {m: {onnx: m.onnx}}
            """, Path.of("test.yaml"));

    private static final Schema CARD =
            SchemaBuilder.record("C").fields().optionalString("number").endRecord();

    private static final Schema SCHEMA = SchemaBuilder.record("E")
            .fields()
            .requiredString("id")
            .requiredLong("at")
            .optionalDouble("amount")
            .name("card")
            .type(CARD)
            .noDefault()
            .endRecord();

    @Test
    void event_withAKey_carriesItAndItsOwnValueLast() throws Exception {
        Event event = event("4711", 5.0);
        assertThat(event.key()).isEqualTo("4711");
        assertThat(event.features()).containsExactly(2, 2, 5);
        assertThat(event("4711", null).features()).containsExactly(2, 2, 2);
    }

    @Test
    void event_withoutAKey_hasNone() throws Exception {
        assertThat(event(null, 5.0).key()).isNull();
        assertThat(event("", 5.0).key()).isNull();
    }

    @Test
    void key_thatTheSchemaLacks_isAProblem() {
        Schema without = SchemaBuilder.record("E")
                .fields()
                .requiredString("id")
                .requiredLong("at")
                .requiredDouble("amount")
                .endRecord();
        assertThat(SpecFields.problems(SPEC, SCHEMA)).isEmpty();
        assertThat(SpecFields.problems(SPEC, without))
                .singleElement()
                .asString()
                .startsWith("card.number is no field of E");
    }

    private static Event event(String number, Double amount) throws UndecodableException {
        GenericRecord card = new GenericData.Record(CARD);
        card.put("number", number);
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("id", "e");
        record.put("at", 0L);
        record.put("amount", amount);
        record.put("card", card);
        try (EventMapper mapper = new EventMapper(SPEC)) {
            return mapper.map(record, null);
        }
    }
}
