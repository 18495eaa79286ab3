package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read straight from bytes is what Avro reads. */
class ContractReaderTest {

    private FakeRegistry server;
    private SchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRegistry();
        registry = new SchemaRegistry(server.url(), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Prediction> predictions() {
        return samples(Prediction.class);
    }

    static List<Feedback> feedback() {
        return samples(Feedback.class);
    }

    private static <T> List<T> samples(Class<T> type) {
        return ContractSamples.all().stream()
                .map(arguments -> arguments.get()[1])
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("predictions")
    void prediction_ofThisVersionOrALater_isRead(Prediction prediction) throws Exception {
        ContractReader<ContractReader.ScoredPrediction> reader = ContractReader.predictions(registry);
        byte[] bytes = new ContractSerializer<>(registry, Codecs.PREDICTION).serialize("t", prediction);
        Scored expected = Scored.of(prediction);

        for (byte[] each : List.of(bytes, byLaterVersion(bytes, Codecs.PREDICTION), bytes)) {
            ContractReader.ScoredPrediction read = reader.read(each);
            assertThat(read.ensemble()).isEqualTo(prediction.ensemble());
            assertThat(read.eventId()).isEqualTo(prediction.eventId());
            assertSame(read.scored(), expected);
        }
    }

    @ParameterizedTest
    @MethodSource("feedback")
    void feedback_ofThisVersionOrALater_isRead(Feedback feedback) throws Exception {
        ContractReader<Feedback> reader = ContractReader.feedback(registry);
        byte[] bytes = new ContractSerializer<>(registry, Codecs.FEEDBACK).serialize("t", feedback);

        for (byte[] each : List.of(bytes, byLaterVersion(bytes, Codecs.FEEDBACK), bytes)) {
            assertSame(reader.read(each), feedback);
        }
    }

    private static void assertSame(Object actual, Object expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(expected);
    }

    /** The same record, with a field more that this version does not know. */
    private byte[] byLaterVersion(byte[] record, Codec<?> codec) throws IOException {
        Schema schema = codec.schema();
        String json = schema.toString();
        Schema later = new Schema.Parser()
                .parse(json.substring(0, json.lastIndexOf(']'))
                        + ",{\"name\":\"later\",\"type\":\"int\",\"default\":7}]"
                        + json.substring(json.lastIndexOf(']') + 1));
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema, later)
                .read(null, DecoderFactory.get().binaryDecoder(record, 5, record.length - 5, null));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] header = new byte[WireFormat.HEADER_BYTES];
        WireFormat.writeHeader(registry.register("later-value", later), header);
        bytes.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(later).write(read, encoder);
        return bytes.toByteArray();
    }

    @Test
    void bytes_thatDoNotFit_areUndecodable() {
        ContractReader<Feedback> reader = ContractReader.feedback(registry);
        byte[] whole = new ContractSerializer<>(registry, Codecs.FEEDBACK)
                .serialize("t", feedback().get(0));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(UndecodableException.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> reader.read(longer))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("left over");
    }
}
