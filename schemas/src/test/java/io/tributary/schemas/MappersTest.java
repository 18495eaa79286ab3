package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Event;
import io.tributary.core.Step;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users' records as they are: nested, nullable, with times and labels in the forms that people use. */
class MappersTest {

    private static final EnsembleSpec SPEC = SpecParser.parse("""
            ensemble: test
            events: {topic: t, id: head.id, time: at, segment: country}
            outcomes: {topic: o, id: id, label: fraud, time: at, kind: kind, propensity: seen}
            features:
              - amount
              - {field: head.age, name: age, mean: 40, scale: 10}
              - {field: channel, oneHot: [web, pos]}
              - {field: shop, hash: 2}
            members:
              m: {rules: [{when: amount > 1.0, score: 0.5}]}
            """, Path.of("test.yaml"));

    private static final Schema EVENT = new Schema.Parser().parse("""
            {"type":"record","name":"E","fields":[
              {"name":"head","type":["null",{"type":"record","name":"H","fields":[
                {"name":"id","type":["null","string"]},{"name":"age","type":["int","null"]}]}]},
              {"name":"at","type":["long","string","null",{"type":"int","logicalType":"date"}]},
              {"name":"country","type":["null",{"type":"enum","name":"C","symbols":["DE","FR"]}]},
              {"name":"amount","type":["double","string","boolean","null"]},
              {"name":"channel","type":["null","string"]},
              {"name":"shop","type":["null","string","int"]}]}
            """);

    private static final Schema OUTCOME = new Schema.Parser().parse("""
            {"type":"record","name":"O","fields":[
              {"name":"id","type":"string"},{"name":"fraud","type":["boolean","int","double","null","string"]},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"kind","type":["null","string"],"default":null},{"name":"seen","type":["null","double"],"default":null}]}
            """);

    @Test
    void event_withEverything_isMapped() throws Exception {
        Event event = map(Map.of());

        assertThat(event.id()).isEqualTo("e1");
        assertThat(event.timeMillis()).isEqualTo(5);
        assertThat(event.segment()).isEqualTo("DE");
        assertThat(event.step()).isEqualTo(new Step(7, true));
        int bucket = Math.floorMod("corner".hashCode(), 2);
        assertThat(event.features()).containsExactly(12.5f, 1f, 0f, 1f, bucket == 0 ? 1f : 0f, bucket == 1 ? 1f : 0f);
    }

    @Test
    void outcome_ofSeveralClasses_isReadByName() throws Exception {
        EnsembleSpec spec = SpecParser.parse("""
                ensemble: test
                task: multiclass
                classes: ['7', fraud, 'true']
                events: {topic: t, id: id, time: at}
                outcomes: {topic: o, id: id, label: fraud, time: at}
                features: [amount]
                members: {m: {onnx: m.onnx}}
                """, Path.of("test.yaml"));
        OutcomeMapper mapper = new OutcomeMapper(spec);
        GenericRecord record = new GenericData.Record(OUTCOME);
        record.put("id", "e1");
        record.put("at", 5000L);
        Map<Object, Integer> labels = Map.of("fraud", 1, 7, 0, 7.0, 0, true, 2);
        for (Map.Entry<Object, Integer> label : labels.entrySet()) {
            record.put("fraud", label.getKey());
            assertThat(mapper.map(record).label()).isEqualTo(label.getValue().doubleValue());
        }
        record.put("fraud", "legit");
        assertThatThrownBy(() -> mapper.map(record))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("field fraud is the text 'legit', must be one of the classes 7, fraud, true");
        record.put("fraud", null);
        assertThatThrownBy(() -> mapper.map(record))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("field fraud is missing, must be one of the classes 7, fraud, true");
    }

    @Test
    void event_withNullsWhereFeaturesAre_hasNaN() throws Exception {
        Map<String, Object> fields = new HashMap<>();
        fields.put("amount", null);
        fields.put("channel", null);
        fields.put("shop", null);
        fields.put("country", null);
        Event event = map(fields);

        assertThat(event.segment()).isNull();
        assertThat(event.features()[0]).isNaN();
        assertThat(event.features()[2]).isNaN();
        assertThat(event.features()[5]).isNaN();
    }

    @Test
    void event_withABooleanOrAnUnknownCategory_readsAsNumberAndAsNone() throws Exception {
        Event event = map(Map.of("amount", true, "channel", "phone", "shop", 17));

        assertThat(event.features()[0]).isEqualTo(1f);
        assertThat(event.features()[2] + event.features()[3]).isZero();
        assertThat(event.features()[4] + event.features()[5]).isEqualTo(1f);
    }

    @ParameterizedTest
    @CsvSource({
        "2018-08-15, 1534291200000",
        "2018-08-15 12:00:01, 1534334401000",
        "2018-08-15T12:00, 1534334400000",
        "2018-08-15T12:00:01.5Z, 1534334401500",
        "2018-08-15T12:00:01.250+02:00, 1534327201250",
        "2018-08-15T12:00:01.123456789Z, 1534334401123"
    })
    void time_asText_isReadInUtcUnlessItSaysOtherwise(String text, long millis) throws Exception {
        assertThat(map(Map.of("at", text)).timeMillis()).isEqualTo(millis);
        assertThat(IsoTime.parse(text)).isEqualTo(millis);
    }

    @Test
    void event_thatCannotBeUsed_saysWhichFieldAndWhy() {
        assertReason(field("head", null), "field head.id is missing, must be given");
        assertReason(field("at", null), "field at is missing, must be given");
        assertReason(field("at", "yesterday"), "field at is the text 'yesterday', must be epoch milliseconds");
        assertReason(field("amount", "a lot"), "field amount is the text 'a lot', must be a number");
        assertReason(field("amount", "x".repeat(500)), "…'");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0", "1, 1", "0, 0"})
    void label_asBooleanOrNumber_isMapped(String label, double expected) throws Exception {
        Object value = label.length() > 1 ? (Object) Boolean.valueOf(label) : (Object) Integer.valueOf(label);
        Outcome outcome = outcome(value, null, 0.5);

        assertThat(outcome).isEqualTo(new Outcome("e1", expected, Outcome.Kind.FINAL, 5, null, 0.5));
    }

    @Test
    void outcome_ofEachKind_isMapped() throws Exception {
        assertThat(outcome(1, "Correction", null).kind()).isEqualTo(Outcome.Kind.CORRECTION);
        assertThat(outcome(null, "RETRACTION", null).label()).isNaN();
        assertThat(outcome(1.0, "provisional", null).kind()).isEqualTo(Outcome.Kind.PROVISIONAL);
    }

    @Test
    void outcome_thatCannotBeUsed_saysWhichFieldAndWhy() {
        assertThatThrownBy(() -> outcome(null, null, null)).hasMessage("field fraud is missing, must be 0 or 1");
        assertThatThrownBy(() -> outcome(0.3, null, null)).hasMessage("field fraud is 0.3, must be 0 or 1");
        assertThatThrownBy(() -> outcome("yes", null, null)).hasMessageContaining("the text 'yes', must be a number");
        assertThatThrownBy(() -> outcome(1, "perhaps", null)).hasMessageContaining("the text 'perhaps', must be final");
        assertThatThrownBy(() -> outcome(1, null, 0.0)).hasMessageContaining("seen is 0.0, must be above 0");
        assertThatThrownBy(() -> outcome(1, null, 1.5)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void specFields_againstASchema_namesWhatIsMissingOrOfTheWrongType() {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"E","fields":[
                  {"name":"head","type":{"type":"record","name":"H","fields":[{"name":"id","type":"string"}]}},
                  {"name":"at","type":"long"},{"name":"contry","type":"string"},{"name":"amount","type":"string"},
                  {"name":"channel","type":"string"},{"name":"shop","type":"string"}]}
                """);
        assertThat(SpecFields.problems(SPEC, schema))
                .satisfiesExactly(
                        country -> assertThat(country).contains("country is no field of E", "did you mean 'contry'?"),
                        amount -> assertThat(amount).contains("amount is of type string in E, must be a number"),
                        age -> assertThat(age).contains("head.age is no field of E"));
        assertThat(SpecFields.problems(SPEC, EVENT)).noneMatch(problem -> problem.contains("is no field"));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp-millis, 5000",
        "timestamp-micros, 5",
        "local-timestamp-micros, 5",
        "timestamp-nanos, 0",
        "local-timestamp-nanos, 0"
    })
    void time_ofEachTimestampType_isScaledToMillis(String type, long perFiveThousand) throws Exception {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"R","fields":[{"name":"at","type":{"type":"long","logicalType":"TYPE"}}]}
                """.replace("TYPE", type));
        GenericRecord record = new GenericData.Record(schema);
        record.put("at", 5_000L);
        assertThat(FieldPath.of("at", schema).requiredTimeMillis(record)).isEqualTo(perFiveThousand);
        record.put("at", 5_000_000_000L);
        assertThat(FieldPath.of("at", schema).requiredTimeMillis(record))
                .isEqualTo(perFiveThousand == 0 ? 5_000 : perFiveThousand * 1_000_000);
    }

    @Test
    void bytes_areNoText() {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"R","fields":[{"name":"id","type":"bytes"}]}
                """);
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", ByteBuffer.wrap(new byte[] {1, 2}));

        assertThatThrownBy(() -> FieldPath.of("id", schema).requiredText(record))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("field id is bytes, must be a single value");
    }

    /** The second record has the field elsewhere, in other units; the third not at all, and is shorter. */
    @Test
    void aUnionOfRecords_isReadByNameInEach() throws Exception {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"R","fields":[{"name":"body","type":[
                  {"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"at","type":"long"}]},
                  {"type":"record","name":"B","fields":[
                    {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                    {"name":"y","type":"string"}]},
                  {"type":"record","name":"C","fields":[{"name":"x","type":"int"}]}]}]}
                """);
        FieldPath at = FieldPath.of("body.at", schema);
        FieldPath y = FieldPath.of("body.y", schema);

        GenericRecord first = body(schema, 0, Map.of("x", 1, "at", 7L));
        assertThat(at.requiredTimeMillis(first)).isEqualTo(7);
        assertThat(y.text(first)).isNull();
        GenericRecord second = body(schema, 1, Map.of("at", 7000L, "y", "there"));
        assertThat(at.requiredTimeMillis(second)).isEqualTo(7);
        assertThat(y.text(second)).isEqualTo("there");
        GenericRecord third = body(schema, 2, Map.of("x", 1));
        assertThat(at.number(third)).isNaN();
        assertThatThrownBy(() -> at.requiredTimeMillis(third)).hasMessage("field body.at is missing, must be given");
    }

    private static GenericRecord body(Schema schema, int branch, Map<String, Object> fields) {
        GenericRecord body = new GenericData.Record(
                schema.getField("body").schema().getTypes().get(branch));
        fields.forEach(body::put);
        GenericRecord record = new GenericData.Record(schema);
        record.put("body", body);
        return record;
    }

    @Test
    void specFields_ofTextsThatAreNone_areRefused() {
        Schema schema = new Schema.Parser().parse("""
                {"type":"record","name":"E","fields":[
                  {"name":"head","type":{"type":"record","name":"H","fields":[
                    {"name":"id","type":"bytes"},{"name":"age","type":"int"}]}},
                  {"name":"at","type":"long"},{"name":"country","type":{"type":"array","items":"string"}},
                  {"name":"amount","type":"double"},{"name":"channel","type":["null",{"type":"map","values":"int"}]},
                  {"name":"shop","type":{"type":"fixed","name":"F","size":2}}]}
                """);
        assertThat(SpecFields.problems(SPEC, schema))
                .containsExactly(
                        "head.id is of type bytes in E, must be a string, number, boolean or enum",
                        "country is of type array in E, must be a string, number, boolean or enum",
                        "channel is of type map in E, must be a string, number, boolean or enum",
                        "shop is of type fixed in E, must be a string, number, boolean or enum");
    }

    private static Map<String, Object> field(String name, Object value) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(name, value);
        return fields;
    }

    private static void assertReason(Map<String, Object> fields, String reason) {
        assertThatThrownBy(() -> map(fields))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(reason);
    }

    private static Event map(Map<String, Object> changed) throws UndecodableException {
        Schema head = EVENT.getField("head").schema().getTypes().get(1);
        GenericRecord nested = new GenericData.Record(head);
        nested.put("id", "e1");
        nested.put("age", 50);
        GenericRecord record = new GenericData.Record(EVENT);
        record.put("head", nested);
        record.put("at", 5L);
        record.put("country", new GenericData.EnumSymbol(EVENT, "DE"));
        record.put("amount", 12.5);
        record.put("channel", "pos");
        record.put("shop", "corner");
        changed.forEach(record::put);
        return new EventMapper(SPEC).map(record, new Step(7, true));
    }

    private static Outcome outcome(Object label, String kind, Double propensity) throws UndecodableException {
        GenericRecord record = new GenericData.Record(OUTCOME);
        record.put("id", "e1");
        record.put("fraud", label);
        record.put("at", 5_999L);
        record.put("kind", kind);
        record.put("seen", propensity);
        return new OutcomeMapper(SPEC).map(record);
    }
}
