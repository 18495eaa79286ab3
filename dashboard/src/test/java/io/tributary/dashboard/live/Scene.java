package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.TestWeights;
import io.tributary.core.Weights;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Records of an ensemble with the members a and b at times of one's choice. */
public final class Scene {

    /** When it all begins, epoch milliseconds. */
    public static final long T0 = 1_800_000_000_000L;

    private final EnsembleSpec spec;
    private final Predictor predictor;
    private int events;

    /** Of predictions of the given ensemble, whose members are a and b. */
    public Scene(EnsembleSpec spec) {
        this.spec = spec;
        this.predictor = new Predictor(spec);
    }

    /** A prediction; a reason stands for a member that did not answer. */
    public Prediction prediction(long atMillis, @Nullable String segment, @Nullable String... missing) {
        double[] scores = new double[missing.length];
        long[] took = new long[missing.length];
        for (int k = 0; k < missing.length; k++) {
            scores[k] = missing[k] == null ? 0.25 : Double.NaN;
            took[k] = missing[k] == null ? 2000 : -1;
        }
        Event event = new Event(
                "e-" + events++,
                atMillis - 5,
                segment,
                new float[spec.features().width()],
                null);
        return predictor
                .fuse(event, scores, missing, atMillis, new Prediction.Latencies(3000, 900, 100, took))
                .prediction();
    }

    static Weights weights(long atMillis, @Nullable String segment, double... weights) {
        return weights("test", atMillis, segment, weights);
    }

    /** Weights of a and b. */
    public static Weights weights(String ensemble, long atMillis, @Nullable String segment, double... weights) {
        double[] logs = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            logs[k] = Math.log(weights[k]);
        }
        Weights undated = TestWeights.of(segment, 7, "mean", new String[] {"a", "b"}, logs);
        return new Weights(
                ensemble,
                segment,
                undated.specVersion(),
                undated.version(),
                undated.evidence(),
                undated.learner(),
                undated.members(),
                undated.classes(),
                undated.candidates(),
                0,
                null,
                null,
                atMillis);
    }

    /** Figures over everything so far: the loss of a, of b, of the fusion and of equal weights. */
    static Metrics metrics(long atMillis, long labels, List<Metrics.Alarm> alarms, double... losses) {
        return metrics("test", atMillis, labels, alarms, losses);
    }

    /** The same of the ensemble of that name. */
    public static Metrics metrics(
            String ensemble, long atMillis, long labels, List<Metrics.Alarm> alarms, double... losses) {
        List<Figures> figures = new ArrayList<>();
        List<String> scorers = List.of("a", "b", "fused", "uniform");
        for (int k = 0; k < losses.length; k++) {
            List<Figures.CalibrationBin> bins = List.of(new Figures.CalibrationBin(0.25, 0.3, labels));
            figures.add(new Figures(scorers.get(k), labels, 1, Map.of(Figure.LOG_LOSS, losses[k]), bins));
        }
        return new Metrics(
                ensemble, 1, Metrics.Scope.CUMULATIVE, 0, atMillis, labels, labels, 0, 0, figures, alarms, atMillis);
    }

    static JsonNode member(JsonNode state, String name) {
        return StreamSupport.stream(state.get("members").spliterator(), false)
                .filter(each -> each.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
