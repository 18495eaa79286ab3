package io.tributary.benchmarks.alternatives;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;

/** An ONNX model and its predictor, as DJL's documentation shows it: rows of features in, a row of scores for each out. */
final class DjlModel implements AutoCloseable {

    private final ZooModel<float[][], float[][]> model;
    private final Predictor<float[][], float[][]> predictor;

    private DjlModel(ZooModel<float[][], float[][]> model) {
        this.model = model;
        this.predictor = model.newPredictor();
    }

    /** Loads a model for one thread; several have a session each, and more threads in one would fight for the cores. */
    static DjlModel load(String file) throws IOException, ModelNotFoundException, MalformedModelException {
        return new DjlModel(Criteria.builder()
                .setTypes(float[][].class, float[][].class)
                .optEngine("OnnxRuntime")
                .optModelPath(Path.of(file))
                .optOption("intraOpNumThreads", "1")
                .optOption("interOpNumThreads", "1")
                .optTranslator(new Rows())
                .build()
                .loadModel());
    }

    /** The scores of some rows. */
    float[][] predict(float[][] rows) throws TranslateException {
        return predictor.predict(rows);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private static final class Rows implements NoBatchifyTranslator<float[][], float[][]> {

        @Override
        public NDList processInput(TranslatorContext context, float[][] rows) {
            int columns = rows[0].length;
            float[] flat = new float[rows.length * columns];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, flat, i * columns, columns);
            }
            return new NDList(context.getNDManager().create(flat, new Shape(rows.length, columns)));
        }

        @Override
        public float[][] processOutput(TranslatorContext context, NDList answer) {
            float[] flat = answer.singletonOrThrow().toFloatArray();
            int rows = (int) answer.get(0).getShape().get(0);
            float[][] scores = new float[rows][flat.length / rows];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(flat, i * scores[i].length, scores[i], 0, scores[i].length);
            }
            return scores;
        }
    }
}
