package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Event;
import io.tributary.core.Step;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading an event straight from its bytes, beside reading the record and mapping it: what is read and what is said. */
class EventDecoderTest {

    private static final String EVENT = "event ";
    private static final Step STEP = new Step(3, true);

    @Test
    void decode_ofAnyRecordOfAnySchema_isWhatTheRecordsMappingIs() throws Exception {
        int read = 0;
        int direct = 0;
        for (int seed = 0; seed < 1000; seed++) {
            RandomSchemas random = new RandomSchemas(seed);
            Both both = new Both(random.event(), random);
            for (int i = 0; i < 10; i++) {
                byte[] bytes = encode(random.record(both.schema), i % 2 == 0);
                read += both.assertSame(bytes, "seed " + seed) ? 1 : 0;
                direct += both.isDirect(bytes) ? 1 : 0;
                for (int j = 0; j < 10; j++) {
                    both.assertSame(random.damaged(bytes), "seed " + seed + ", damaged");
                }
            }
        }
        assertThat(read).as("records that are events").isGreaterThan(500);
        assertThat(direct).as("events that were read directly").isEqualTo(read);
    }

    @Test
    void decode_ofColumnsNextToEachOther_readsThemAtOnceAndTheRestToo() throws Exception {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"E","fields":[
                  {"name":"a","type":"float"},{"name":"b","type":"float"},{"name":"id","type":"string"},
                  {"name":"c","type":"double"},{"name":"d","type":"double"},{"name":"e","type":["null","float"]},
                  {"name":"g","type":["null","float"]},{"name":"h","type":["double","null"]},
                  {"name":"unread","type":{"type":"array","items":"double"}},{"name":"at","type":"long"}]}
                """);
        GenericRecord record = new GenericData.Record(schema);
        record.put("a", 1f);
        record.put("b", Float.NaN);
        record.put("id", "x");
        record.put("c", 3.1);
        record.put("d", 4.0);
        record.put("g", 2.5f);
        record.put("h", -1.0);
        record.put("unread", Arrays.asList(1.0, 2.0));
        record.put("at", 9L);
        try (EventDecoder decoder = EventDecoder.of(schema, spec("[d, a, b, c, e, g, h]"))) {
            Event event = decoder.decode(encode(record, false), STEP, 7, 8);

            assertThat(event.features()).containsExactly(4f, 1f, Float.NaN, 3.1f, Float.NaN, 2.5f, -1f);
            assertThat(event)
                    .usingRecursiveComparison()
                    .ignoringFields("features")
                    .isEqualTo(new Event("x", 9, null, new float[0], STEP, 7, 8, null, 0));
        }
    }

    /** Few floats next to each other are read one by one, and many at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 100})
    void decode_ofFloatsNextToEachOther_readsEachOfThem(int count) throws Exception {
        Schema schema = SchemaBuilder.record("E")
                .fields()
                .requiredString("id")
                .requiredLong("at")
                .endRecord();
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        List<String> names = IntStream.range(0, count).mapToObj(i -> "f" + i).toList();
        names.forEach(name -> fields.add(new Schema.Field(name, Schema.create(Schema.Type.FLOAT))));
        GenericRecord record = new GenericData.Record(Schema.createRecord("E", null, null, false, fields));
        record.put("id", "x");
        record.put("at", 9L);
        float[] expected = new float[count];
        for (int i = 0; i < count; i++) {
            expected[i] = i == 1 ? Float.NaN : 0.1f + i;
            record.put("f" + i, expected[i]);
        }
        try (EventDecoder decoder = EventDecoder.of(record.getSchema(), spec(names.toString()))) {
            assertThat(decoder.decode(encode(record, false), STEP, 7, 8).features())
                    .containsExactly(expected);
        }
    }

    @Test
    void decode_ofARecordInsideItselfWithoutEnd_isRefused() {
        Schema endless = Schema.createRecord("Endless", null, null, false);
        endless.setFields(Arrays.asList(
                new Schema.Field("next", Schema.createUnion(Schema.create(Schema.Type.INT), endless)),
                new Schema.Field("id", Schema.create(Schema.Type.STRING))));
        byte[] deeper = new byte[1 << 20];
        Arrays.fill(deeper, WireFormat.HEADER_BYTES, deeper.length, (byte) 2);
        try (EventDecoder decoder = EventDecoder.of(endless, spec("[x]"))) {
            assertThatThrownBy(() -> decoder.decode(deeper, null, 0, 0))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("not Avro of schema id 0");
        }
    }

    @Test
    void decode_ofWhatIsNotInTheWireFormat_isRefused() {
        Schema schema = SchemaBuilder.record("E").fields().requiredString("id").endRecord();
        try (EventDecoder decoder = EventDecoder.of(schema, spec("[x]"))) {
            assertThatThrownBy(() -> decoder.decode(new byte[] {1, 0, 0, 0, 0}, null, 0, 0))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("begins with byte 0x01");
        }
    }

    private static EnsembleSpec spec(String features) {
        return SpecParser.parse("""
                ensemble: test
                events: {topic: t, id: id, time: at}
                features: %s
                members: {m: {onnx: m.onnx}}
                """.formatted(features), Path.of("test.yaml"));
    }

    private static byte[] encode(GenericRecord record, boolean blocksSayHowLongTheyAre) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[WireFormat.HEADER_BYTES]);
        BinaryEncoder encoder = blocksSayHowLongTheyAre
                ? EncoderFactory.get().blockingBinaryEncoder(out, null)
                : EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** A spec of fields that a schema has or lacks, and both ways to read it. */
    private static final class Both {
        private final Schema schema;
        private final RecordReader reader;
        private final EventMapper mapper;
        private final EventDecoder decoder;
        private final DirectPlan plan;

        Both(Schema schema, RandomSchemas random) {
            this.schema = schema;
            EnsembleSpec spec = SpecParser.parse(
                    """
                    ensemble: test
                    events: {topic: t, id: id, time: at, segment: %s}
                    features:
                      - {field: %s, name: a}
                      - {field: %s, name: b}
                      - {field: %s, name: c}
                      - {field: %s, name: d, mean: 1, scale: 2}
                      - {field: %s, name: e, oneHot: [A, x, '1', 'true']}
                      - {field: %s, name: f, key: %s, last: 2}
                    members: {m: {onnx: m.onnx}}
                    """.formatted(
                                    random.path(),
                                    random.path(),
                                    random.path(),
                                    random.path(),
                                    random.path(),
                                    random.path(),
                                    random.path(),
                                    random.path()),
                    Path.of("test.yaml"));
            this.reader = RecordReader.of(schema);
            this.mapper = new EventMapper(spec);
            this.decoder = EventDecoder.of(schema, spec);
            this.plan = mapper.plan(schema);
        }

        /** Whether it is an event, by both. */
        boolean assertSame(byte[] bytes, String as) {
            String mapped = result(() -> mapper.map(reader.read(bytes), STEP, 7, 8));
            String decoded = result(() -> decoder.decode(bytes, STEP, 7, 8));
            assertThat(decoded).as("%s of %s", as, schema).isEqualTo(mapped);
            return mapped.startsWith(EVENT);
        }

        boolean isDirect(byte[] bytes) {
            return result(() -> mapper.map(plan, bytes, mapper.row(), STEP, 7, 8))
                    .startsWith(EVENT);
        }

        /** The event with all its values, or what is said against it. */
        private static String result(Reading reading) {
            try {
                Event event = reading.read();
                return EVENT + event.id() + " " + event.timeMillis() + " " + event.segment() + " " + event.step() + " "
                        + event.position() + " " + event.arrivedMillis() + " " + event.key() + " "
                        + Arrays.toString(event.features());
            } catch (UndecodableException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    private interface Reading {
        Event read() throws UndecodableException;
    }
}
