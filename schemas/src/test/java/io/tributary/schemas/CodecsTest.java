package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.DeadLetter;
import io.tributary.core.Labels;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.fusion.Offsets;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The encoders are written by hand: their bytes must be what the schema says, for every reader. */
class CodecsTest {

    private static final double NAN = Double.NaN;
    private static final String[] NONE = {};
    private static final String[] CLASSES = {"red", "green", "blue"};
    private static final Codec<Outcome> BY_NAME =
            Codecs.outcome(new Labels(Task.MULTICLASS, List.of("red", "green", "blue")));

    static List<Arguments> values() {
        Scored scored = new Scored(
                1,
                "de",
                0.5,
                new String[] {"a", "b"},
                new double[] {0.25, NAN},
                new double[] {0.5, 0.25},
                new Prediction.Interval(0, 1, 0.9),
                2,
                3);
        Outcome outcome = new Outcome("", 1, Outcome.Kind.CORRECTION, 4, "review", 0.5);
        return List.of(
                Arguments.of(Codecs.PREDICTION, prediction(0.5, "de")),
                Arguments.of(Codecs.PREDICTION, prediction(NAN, null)),
                Arguments.of(Codecs.PREDICTION, classes(0.5)),
                Arguments.of(Codecs.PREDICTION, classes(NAN)),
                Arguments.of(BY_NAME, new Outcome("e", 2, Outcome.Kind.FINAL, 4, null, NAN)),
                Arguments.of(BY_NAME, new Outcome("e", NAN, Outcome.Kind.RETRACTION, 4, null, NAN)),
                Arguments.of(
                        Codecs.FEEDBACK, new Feedback(Feedback.Kind.LABEL, "e", 4, 2, NAN, null, NAN, ofClasses(0.5))),
                Arguments.of(
                        Codecs.FEEDBACK, new Feedback(Feedback.Kind.LABEL, "e", 4, 2, NAN, null, NAN, ofClasses(NAN))),
                Arguments.of(
                        Codecs.PENDING_EVENT,
                        new PendingEvent(new Join.State(ofClasses(0.5), null, NAN, NAN, Join.NOT_HELD), 5, CLASSES)),
                Arguments.of(Codecs.OUTCOME, new Outcome("e", 1, Outcome.Kind.FINAL, 4, "chargeback", 0.5)),
                Arguments.of(Codecs.OUTCOME, new Outcome("e", NAN, Outcome.Kind.RETRACTION, 4, null, NAN)),
                Arguments.of(Codecs.WEIGHTS, weights()),
                Arguments.of(Codecs.METRICS, metrics(0.5)),
                Arguments.of(Codecs.METRICS, metrics(NAN)),
                Arguments.of(
                        Codecs.DEAD_LETTER,
                        new DeadLetter("t", 1, 2, "decode-event", "why", null, new byte[] {1, 2}, 9, "ab", 3)),
                Arguments.of(
                        Codecs.FEEDBACK, new Feedback(Feedback.Kind.CORRECTION, "e", 4, 1, 0, "review", 0.5, scored)),
                Arguments.of(
                        Codecs.FEEDBACK,
                        new Feedback(Feedback.Kind.RETRACTION, "e", 4, NAN, 1, null, NAN, 0.25, scored)),
                Arguments.of(
                        Codecs.PENDING_EVENT, new PendingEvent(new Join.State(scored, outcome, 1, 0.25, 7), 5, NONE)),
                Arguments.of(
                        Codecs.PENDING_EVENT,
                        new PendingEvent(new Join.State(null, outcome, NAN, NAN, Join.NOT_HELD), 5, NONE)),
                Arguments.of(Codecs.PENDING_EVENT, new PendingEvent(Join.State.EMPTY, 5, NONE)));
    }

    /** A prediction of three classes; of none if the score is NaN. */
    private static Prediction classes(double score) {
        boolean none = Double.isNaN(score);
        double[] nobody = {NAN, NAN, NAN, NAN, NAN, NAN};
        return new Prediction(
                "e",
                "id",
                1,
                2,
                null,
                score,
                none ? new double[] {NAN, NAN, NAN} : new double[] {0.25, 0.5, 0.25},
                new String[] {"red", "green", "blue"},
                null,
                true,
                none ? "no member answered" : null,
                none ? NAN : 0,
                null,
                new String[] {"a", "b"},
                none ? nobody : new double[] {NAN, NAN, NAN, 0.25, 0.5, 0.25},
                new double[] {0, none ? 0 : 1},
                none ? new double[6] : new double[] {0, 0, 0, 0.25, 0.5, 0.25},
                new String[] {"error", none ? "error" : null},
                "mean",
                none ? new double[0] : new double[] {0.25, 0.5, 0.25},
                3,
                4);
    }

    private static Scored ofClasses(double score) {
        return Scored.of(classes(score));
    }

    private static Weights weights() {
        Fusion mean = new Fusion(FusionMethod.MEAN, new double[] {-800}, new double[1]);
        Fusion stack = new Fusion(FusionMethod.STACK, new double[] {-0.25}, new double[] {0.5});
        return new Weights(
                "e",
                "de",
                1,
                2,
                2.5,
                "auto",
                new String[] {"a"},
                new String[0],
                new Weights.Candidate[] {new Weights.Candidate("boa", mean), new Weights.Candidate("stack", stack)},
                1,
                new Calibration(1.5, -0.5),
                new Offsets(-1, 2, 0.9),
                9);
    }

    private static Prediction prediction(double score, String segment) {
        return new Prediction(
                "e",
                "id",
                1,
                2,
                segment,
                score,
                new double[0],
                new String[0],
                Double.isNaN(score) ? null : true,
                true,
                Double.isNaN(score) ? "no member answered" : null,
                score,
                Double.isNaN(score) ? null : new Prediction.Interval(0.25, 0.75, 0.9),
                new String[] {"a", "b"},
                new double[] {score, NAN},
                new double[] {1, 0},
                new double[] {0.5, 0},
                new String[] {null, "error"},
                "mean",
                Double.isNaN(score) ? new double[0] : new double[] {0.5, 0.25},
                3,
                4);
    }

    private static Metrics metrics(double value) {
        return new Metrics(
                "e",
                1,
                Metrics.Scope.WINDOW,
                2,
                3,
                4,
                5,
                6,
                7,
                List.of(new Figures("a", 8, value, figures(value), List.of(new Figures.CalibrationBin(0.25, 0.5, 3)))),
                List.of(new Metrics.Alarm("a", "adwin", 0.25, 0.5)),
                9);
    }

    /** Each figure has another value, lest two of them change places unseen. */
    private static Map<Figure, Double> figures(double value) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(figure, value + figure.ordinal());
        }
        return figures;
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
        byte[] bytes = new BinarySerde<>(Codecs.PREDICTION).serialize("t", classes(0.5));
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
        BinarySerde<PendingEvent> serde = new BinarySerde<>(Codecs.PENDING_EVENT);
        assertThatThrownBy(() -> serde.deserialize("pending", new byte[] {9, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("layout 9");
    }

    @Test
    void joinState_storedByAnEarlierVersion_isRead() throws IOException {
        List<Schema> layouts = Codecs.PENDING_EVENT.layouts();
        assertThat(layouts).hasSize(3);
        GenericRecord old = new GenericRecordBuilder(layouts.get(0))
                .set("fedBack", NAN)
                .set("firstSeen", 5L)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(layouts.get(0)).write(old, encoder);

        PendingEvent read = new BinarySerde<>(Codecs.PENDING_EVENT).deserialize("pending", bytes.toByteArray());
        assertSame(read, new PendingEvent(Join.State.EMPTY, 5, NONE));
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
                Codecs.PREDICTION,
                Codecs.OUTCOME,
                Codecs.WEIGHTS,
                Codecs.METRICS,
                Codecs.DEAD_LETTER,
                Codecs.FEEDBACK,
                Codecs.PENDING_EVENT);
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
