package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.feedback.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The encoders are written by hand: their bytes must be what the schema says, for every reader. */
class CodecsTest {

    static List<Arguments> values() {
        return ContractSamples.all();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void written_throughTheRegistry_readsAsItWas(Codec<T> codec, T value) throws Exception {
        try (FakeRegistry fake = new FakeRegistry()) {
            SchemaRegistry registry = new SchemaRegistry(fake.url(), Map.of());
            byte[] bytes = new ContractSerializer<>(registry, codec).serialize("t", value);
            T read = new ContractDeserializer<>(registry, codec).deserialize("t", bytes);

            assertSame(read, value);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void written_forAStore_readsAsItWas(Codec<T> codec, T value) {
        BinarySerde<T> serde = new BinarySerde<>(codec);
        assertSame(serde.deserialize("t", serde.serialize("t", value)), value);
        assertThat(serde.deserialize("t", null)).isNull();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void written_readByAStranger_usesEveryByte(Codec<T> codec, T value) throws Exception {
        byte[] bytes = new BinarySerde<>(codec).serialize("t", value);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(codec.schema()).read(null, decoder);

        assertThat(decoder.isEnd()).isTrue();
        assertSame(codec.read(record), value);
    }

    /** What a consumer sees that knows nothing of how scores are laid out. */
    @Test
    void predictionOfClasses_tellsTheClassAndWhatSpeaksForIt() throws IOException {
        byte[] bytes = new BinarySerde<>(Codecs.PREDICTION).serialize("t", ContractSamples.classes(0.5));
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(Codecs.PREDICTION.schema()).read(null, decoder);

        assertThat(record.get("predictedClass")).hasToString("green");
        assertThat(record.get("score")).isEqualTo(0.5);
        GenericRecord answered = (GenericRecord) ((List<?>) record.get("members")).get(1);
        assertThat(answered.get("score")).isEqualTo(0.5);
        assertThat(answered.get("contribution")).isEqualTo(0.5);
        assertThat(answered.get("classScores")).isEqualTo(List.of(0.25, 0.5, 0.25));
        GenericRecord failed = (GenericRecord) ((List<?>) record.get("members")).get(0);
        assertThat(failed.get("score")).isNull();
        assertThat((List<?>) failed.get("classScores")).isEmpty();
    }

    @Test
    void storedRecord_ofAnotherLayout_isRefused() {
        BinarySerde<Outcome> serde = new BinarySerde<>(Codecs.OUTCOME);
        assertThatThrownBy(() -> serde.deserialize("outcomes", new byte[] {9, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("layout 9");
    }

    @Test
    void layouts_ofAContract_areCompatibleBothWays() {
        for (Codec<?> codec : codecs()) {
            for (Schema layout : codec.layouts()) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(codec.schema(), layout)
                                .getType())
                        .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(layout, codec.schema())
                                .getType())
                        .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @Test
    void everyField_ofEveryContract_isDocumented() {
        for (Codec<?> codec : codecs()) {
            assertDocumented(codec.schema(), new HashSet<>());
        }
    }

    @Test
    void contracts_mayGainOptionalFields_andStayCompatibleBothWays() {
        for (Codec<?> codec : codecs()) {
            Schema newer = withOptionalField(codec.schema());
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(newer, codec.schema())
                            .getType())
                    .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
            assertThat(SchemaCompatibility.checkReaderWriterCompatibility(codec.schema(), newer)
                            .getType())
                    .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
        }
    }

    private static Schema withOptionalField(Schema schema) {
        String json = schema.toString();
        String field = ",{\"name\":\"later\",\"type\":[\"null\",\"string\"],\"default\":null}]";
        return new Schema.Parser()
                .parse(json.substring(0, json.lastIndexOf(']')) + field + json.substring(json.lastIndexOf(']') + 1));
    }

    private static List<Codec<?>> codecs() {
        return List.of(
                Codecs.PREDICTION, Codecs.OUTCOME, Codecs.WEIGHTS, Codecs.METRICS, Codecs.DEAD_LETTER, Codecs.FEEDBACK);
    }

    private static void assertDocumented(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
                if (seen.add(schema.getFullName())) {
                    for (Schema.Field field : schema.getFields()) {
                        assertThat(field.doc())
                                .as(schema.getFullName() + "." + field.name())
                                .isNotBlank();
                        assertDocumented(field.schema(), seen);
                    }
                }
            }
            case ENUM -> assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
            case ARRAY -> assertDocumented(schema.getElementType(), seen);
            case UNION -> schema.getTypes().forEach(each -> assertDocumented(each, seen));
            default -> assertThat(schema.getType()).isNotEqualTo(Schema.Type.MAP);
        }
    }

    private static void assertSame(Object read, Object written) {
        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(written);
    }
}
