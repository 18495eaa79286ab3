package io.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.predict.Predictor;
import io.tributary.core.predict.Recomputed;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a consumer reads is enough to fuse the scores again to the last bit. */
class RecomputedFromTheWireTest {

    @ParameterizedTest
    @CsvSource({
        "binary, log-odds",
        "binary, trimmed-mean",
        "binary, hard-vote",
        "binary, stack",
        "'multiclass\nclasses: [a, b, c]', log-odds",
        "'multiclass\nclasses: [a, b, c]', stack",
        "'multiclass\nclasses: [a, b, c]', hard-vote",
        "regression, median",
        "regression, stack"
    })
    void prediction_writtenAndRead_isTheSameToTheBitWhenFusedAgain(String task, String method) {
        Random random = new Random(9);
        EnsembleSpec spec = spec(task, method);
        Predictor predictor = new Predictor(spec);
        assertThat(predictor.use(weights(spec, null, random))).isTrue();
        assertThat(predictor.use(weights(spec, "de", random))).isTrue();
        BinarySerde<Prediction> serde = new BinarySerde<>(Codecs.PREDICTION);
        for (int i = 0; i < 200; i++) {
            Prediction written = predict(predictor, spec.scoreWidth(), i % 2 == 0 ? "de" : null, random);

            Prediction read = serde.deserialize("t", serde.serialize("t", written));

            assertThat(Recomputed.of(read).differences(read)).isEmpty();
            assertThat(Double.valueOf(read.score())).isEqualTo(Double.valueOf(written.score()));
        }
    }

    private static EnsembleSpec spec(String task, String method) {
        String learner = method.equals("stack") ? "stack" : "boa";
        return SpecParser.parse(
                "ensemble: test\nevents: {topic: events, id: id, time: time, segment: s}\nfeatures: [x]\ntask: " + task
                        + "\nfusion: {method: " + method + "}\nlearning: {learner: " + learner + "}\n"
                        + "members: {m: {onnx: m}, n: {onnx: n}, o: {onnx: o, required: true}, p: {onnx: p}}\n",
                Path.of("test.yaml"));
    }

    private static Weights weights(EnsembleSpec spec, @Nullable String segment, Random random) {
        Weights equal = new WeightFold(spec).weights(0);
        Weights.Candidate first = equal.candidates()[0];
        boolean weighted = first.fusion().method().isWeighted();
        double[] bias = new double[spec.scoreWidth()];
        for (int c = 0; c < bias.length && !weighted; c++) {
            bias[c] = random.nextGaussian();
        }
        Fusion fusion =
                new Fusion(first.fusion().method(), random.doubles(4, -3, 1).toArray(), bias);
        return new Weights(
                "test",
                segment,
                1,
                7,
                500,
                equal.learner(),
                equal.members(),
                equal.classes(),
                new Weights.Candidate[] {new Weights.Candidate(first.name(), fusion)},
                0,
                spec.task() == Task.BINARY ? new Calibration(1.25, -0.5) : null,
                null,
                0);
    }

    private static Prediction predict(Predictor predictor, int width, @Nullable String segment, Random random) {
        double[] scores = new double[4 * width];
        for (int k = 0; k < 4; k++) {
            boolean missing = random.nextInt(6) == 0;
            double[] parts = random.doubles(width).toArray();
            double sum = width == 1 ? 1 : parts[0] + parts[1] + parts[2];
            for (int c = 0; c < width; c++) {
                scores[k * width + c] = missing ? Double.NaN : parts[c] / sum;
            }
        }
        return predictor.predict(new Event("e", 1, segment, new float[1], null), scores, new String[4], 2);
    }
}
