package io.tributary.benchmarks.alternatives;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DjlModelsTest {

    private static final int ROWS = 5;
    private static final Offset<Double> CLOSE = Offset.offset(1e-6);

    @Test
    void mean_ofABatch_isThatOfEveryRowAlone() throws Exception {
        float[][] rows = rows(30);
        try (DjlModels models = DjlModels.load(List.of(model("mlp-30"), model("trees-30")))) {
            double[][] together = models.mean(rows);

            for (int i = 0; i < ROWS; i++) {
                assertThat(together[i]).hasSize(1);
                assertThat(models.mean(new float[][] {rows[i]})[0][0]).isEqualTo(together[i][0], CLOSE);
            }
            assertThat(together[0][0]).isNotEqualTo(together[1][0]);
        }
    }

    @Test
    void mean_ofClasses_isWhatOnnxRuntimeAnswers() throws Exception {
        float[][] rows = rows(784);
        try (DjlModels models = DjlModels.load(List.of(model("mlp-784"), model("mlp-784")))) {
            double[][] mean = models.mean(rows);
            float[] expected = onnxRuntime(model("mlp-784"), rows);

            for (int i = 0; i < ROWS; i++) {
                assertThat(mean[i]).hasSize(10);
                for (int c = 0; c < 10; c++) {
                    assertThat(mean[i][c]).isEqualTo(expected[10 * i + c], CLOSE);
                }
            }
        }
    }

    private static float[] onnxRuntime(String model, float[][] rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result answer =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            return ((OnnxTensor) answer.get(0)).getFloatBuffer().array();
        }
    }

    private static float[][] rows(int columns) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[ROWS][columns];
        for (float[] row : rows) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) random.nextDouble();
            }
        }
        return rows;
    }

    private static String model(String name) {
        return Path.of("models", name + ".onnx").toAbsolutePath().toString();
    }
}
