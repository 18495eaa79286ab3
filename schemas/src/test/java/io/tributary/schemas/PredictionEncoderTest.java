package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Offsets;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encoded from the predictor's buffers. */
class PredictionEncoderTest {

    private static final int MEMBERS = 4;
    private static final int EVENTS = 400;

    /** Segments, versions of the weights and missing members take turns, and what they share must not outlive its turn. */
    @ParameterizedTest
    @ValueSource(strings = {"binary", "multiclass\nclasses: [a, ü, c]", "regression"})
    void events_ofAnyKind_areEncodedAsAvroEncodesTheirPredictions(String task) throws IOException {
        Random random = new Random(3);
        EnsembleSpec spec = spec(task);
        Predictor predictor = new Predictor(spec);
        Predictor apart = new Predictor(spec);
        PredictionEncoder encoder = new PredictionEncoder();
        for (int i = 0; i < EVENTS; i++) {
            if (i % 50 == 20) {
                Weights weights = weights(spec, i % 100 == 20 ? null : "de", i);
                assertThat(predictor.use(weights)).isTrue();
                assertThat(apart.use(weights)).isTrue();
            }
            Event event = new Event("é-" + i, i, segment(i), new float[1], null);
            @Nullable String[] missing = new String[MEMBERS];
            double[] scores = scores(spec.scoreWidth(), missing, random);
            Prediction.Latencies latencies =
                    i % 2 == 0 ? null : new Prediction.Latencies(i, 1L << i % 60, 3, new long[] {4, -1, 1 << 20, 0});

            EncodedPrediction encoded = encoder.encode(predictor.fuse(event, scores, missing, 1000 + i, latencies));

            assertThat(encoded.key()).asString(StandardCharsets.UTF_8).isEqualTo(event.id());
            GenericRecord record = read(encoded.value());
            assertThat(encoded.value()).isEqualTo(write(record));
            assertThat(Codecs.PREDICTION.read(record))
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                    .isEqualTo(apart.fuse(event, scores, missing, 1000 + i, latencies)
                            .prediction());
        }
    }

    @Test
    void encoded_underTheSchemasId_isWhatTheSerializerWrites() throws Exception {
        EnsembleSpec spec = spec("binary");
        Event event = new Event("e", 5, "de", new float[1], null);
        double[] scores = {0.25, 0.5, 0.125, 0.75};
        Predictor predictor = new Predictor(spec);
        try (FakeRegistry fake = new FakeRegistry()) {
            SchemaRegistry registry = new SchemaRegistry(fake.url(), Map.of());
            int id = registry.register("predictions-value", Codecs.PREDICTION.schema());

            EncodedPrediction encoded =
                    new PredictionEncoder().encode(predictor.fuse(event, scores, new String[MEMBERS], 7, null));

            assertThat(encoded.valueUnder(id))
                    .isEqualTo(new ContractSerializer<>(registry, Codecs.PREDICTION)
                            .serialize("predictions", predictor.predict(event, scores, new String[MEMBERS], 7)));
        }
    }

    private static @Nullable String segment(int i) {
        return i % 3 == 0 ? null : i % 3 == 1 ? "de" : "unknown";
    }

    private static double[] scores(int width, @Nullable String[] missing, Random random) {
        double[] scores = random.doubles((long) MEMBERS * width).toArray();
        for (int k = 0; k < MEMBERS; k++) {
            if (random.nextInt(5) == 0) {
                missing[k] = "late";
                Arrays.fill(scores, k * width, (k + 1) * width, Double.NaN);
            }
        }
        return scores;
    }

    private static EnsembleSpec spec(String task) {
        return SpecParser.parse("""
                ensemble: test
                events: {topic: events, id: id, time: time, segment: s}
                features: [x]
                task: %s
                members: {m: {onnx: m}, n: {onnx: n, shadow: true}, o: {onnx: o, required: true}, p: {onnx: p}}
                """.formatted(task), Path.of("test.yaml"));
    }

    private static Weights weights(EnsembleSpec spec, @Nullable String segment, long version) {
        Weights equal = new WeightFold(spec).weights(0);
        return new Weights(
                "test",
                segment,
                1,
                version,
                500,
                equal.learner(),
                equal.members(),
                equal.classes(),
                equal.candidates(),
                (int) (version / 50) % equal.candidates().length,
                spec.task() == Task.BINARY ? new Calibration(1.25, -0.5) : null,
                spec.task() == Task.REGRESSION ? new Offsets(-1, version, 0.9) : null,
                0);
    }

    private static GenericRecord read(byte[] value) throws IOException {
        int from = WireFormat.HEADER_BYTES;
        return new GenericDatumReader<GenericRecord>(Codecs.PREDICTION.schema())
                .read(null, DecoderFactory.get().binaryDecoder(value, from, value.length - from, null));
    }

    private static byte[] write(GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[WireFormat.HEADER_BYTES]);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(Codecs.PREDICTION.schema()).write(record, out);
        return bytes.toByteArray();
    }
}
