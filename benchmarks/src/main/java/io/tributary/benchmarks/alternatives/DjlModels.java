package io.tributary.benchmarks.alternatives;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All models of a job, called one after the other. */
final class DjlModels implements AutoCloseable {

    private final List<DjlModel> models = new ArrayList<>();

    private DjlModels() {}

    /** Loads all of them. */
    static DjlModels load(List<String> files) throws IOException, ModelNotFoundException, MalformedModelException {
        DjlModels models = new DjlModels();
        for (String file : files) {
            models.models.add(DjlModel.load(file));
        }
        return models;
    }

    /** The mean of the models' scores, for each row one number or one a class. */
    double[][] mean(float[][] rows) throws TranslateException {
        double[][] mean = new double[rows.length][];
        for (DjlModel model : models) {
            float[][] scores = model.predict(rows);
            for (int i = 0; i < scores.length; i++) {
                if (mean[i] == null) {
                    mean[i] = new double[scores[i].length];
                }
                for (int c = 0; c < scores[i].length; c++) {
                    mean[i][c] += scores[i][c] / models.size();
                }
            }
        }
        return mean;
    }

    @Override
    public void close() {
        models.forEach(DjlModel::close);
    }
}
