package io.tributary.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random ensembles, weights and scores of every task and fusion: the record alone gives the same bits again. */
class RecomputedTest {

    private static final int ENSEMBLES = 60;
    private static final int EVENTS = 60;
    private static final String[] SEGMENTS = {null, "de", "unknown"};

    static List<Arguments> fusions() {
        List<Arguments> all = new ArrayList<>();
        for (Task task : List.of(Task.BINARY, Task.MULTICLASS, Task.REGRESSION, Task.QUANTILE)) {
            for (FusionMethod method : FusionMethod.values()) {
                if (method.suits(task)) {
                    all.add(Arguments.of(task, method));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void of_anyPrediction_isTheSameToTheBit(Task task, FusionMethod method) {
        Random random = new Random(17);
        for (int i = 0; i < ENSEMBLES; i++) {
            EnsembleSpec spec = spec(task, method, random);
            Predictor predictor = predictor(spec, random);
            for (int each = 0; each < EVENTS; each++) {
                Prediction prediction = predict(predictor, spec, random);
                Recomputed again = Recomputed.of(prediction);
                assertThat(again.differences(prediction))
                        .as(prediction.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void contributions_whereTheyAreTerms_sumToTheFusedScoreInTheLink(Task task, FusionMethod method) {
        Random random = new Random(5);
        boolean terms = method.isLinear() || method == FusionMethod.STACK;
        for (int i = 0; i < ENSEMBLES * EVENTS && terms; i++) {
            EnsembleSpec spec = spec(task, method, random);
            Prediction prediction = predict(predictor(spec, random), spec, random);
            int classes = spec.scoreWidth();
            double[] sums = new double[classes];
            for (int at = 0; at < prediction.contributions().length; at++) {
                sums[at % classes] += prediction.contributions()[at];
            }
            double[] bias = prediction.recipe().bias();
            for (int c = 0; c < bias.length; c++) {
                sums[c] += bias[c];
            }
            double[] fused = Recomputed.of(prediction).fused();
            for (int c = 0; c < classes && !Double.isNaN(fused[0]); c++) {
                assertThat(fromLink(prediction, sums)[c])
                        .isCloseTo(fused[c], within(1e-14 * Math.max(1, Math.abs(fused[c]))));
            }
        }
    }

    private static double[] fromLink(Prediction prediction, double[] sums) {
        return switch (prediction.recipe().link()) {
            case IDENTITY -> sums;
            case LOGIT -> new double[] {1 / (1 + StrictMath.exp(-sums[0]))};
            case LOG -> {
                double max = Arrays.stream(sums).max().orElseThrow();
                double[] powers = Arrays.stream(sums)
                        .map(each -> StrictMath.exp(each - max))
                        .toArray();
                double all = Arrays.stream(powers).sum();
                yield Arrays.stream(powers).map(each -> each / all).toArray();
            }
        };
    }

    @Test
    void differences_ofARecordThatWasChangedInOneBit_nameIt() {
        Random random = new Random(3);
        EnsembleSpec spec = spec(Task.BINARY, FusionMethod.LOG_ODDS, random);
        Predictor predictor = new Predictor(spec);
        double[] scores = new double[spec.members().size()];
        Arrays.fill(scores, 0.3);
        Prediction prediction = predict(predictor, scores, null);
        prediction.contributions()[0] = Math.nextUp(prediction.contributions()[0]);

        assertThat(Recomputed.of(prediction).differences(prediction)).containsExactly("contributions");

        prediction.scores()[0] = Math.nextUp(0.7);
        assertThat(Recomputed.of(prediction).differences(prediction))
                .contains("score", "contributions", "disagreement");
    }

    @Test
    void of_aRecordThatSaysOnlyTheMethod_isRefused() {
        assertThatThrownBy(() -> Recomputed.of(withoutRecipe()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'e-1'")
                .hasMessageContaining("does not say how it was fused but for the method mean");
    }

    private static Prediction withoutRecipe() {
        return new Prediction(
                "test",
                "e-1",
                1,
                2,
                null,
                0.5,
                new double[0],
                new String[0],
                true,
                false,
                null,
                0,
                null,
                new String[] {"a"},
                new double[] {0.5},
                new double[] {1},
                new double[] {0.5},
                new String[1],
                new byte[1][0],
                Prediction.Recipe.unknown("mean"),
                new double[0],
                1,
                0,
                null);
    }

    private static EnsembleSpec spec(Task task, FusionMethod method, Random random) {
        StringBuilder yaml =
                new StringBuilder("ensemble: test\nevents: {topic: events, id: id, time: time}\nfeatures: [x]\ntask: "
                        + task.label() + "\nmembers:\n");
        int members = 1 + random.nextInt(9);
        for (int k = 0; k < members; k++) {
            yaml.append("  m" + k + ": {onnx: m.onnx, required: " + (random.nextInt(20) == 0) + "}\n");
        }
        if (task == Task.MULTICLASS) {
            yaml.append("classes: [a, b, c]\n");
        } else if (task == Task.QUANTILE) {
            yaml.append("quantile: 0.9\n");
        } else if (task == Task.BINARY) {
            yaml.append("threshold: " + (0.05 + 0.9 * random.nextDouble()) + "\n");
        }
        String trim = method == FusionMethod.TRIMMED_MEAN ? ", trim: " + 0.45 * random.nextDouble() : "";
        yaml.append(
                "fusion: {method: " + method.label() + ", clip: " + (1e-9 + 0.01 * random.nextDouble()) + trim + "}\n");
        yaml.append("learning: {learner: " + (method == FusionMethod.STACK ? "stack" : "boa") + "}\n");
        return SpecParser.parse(yaml.toString(), Path.of("test.yaml"));
    }

    private static Predictor predictor(EnsembleSpec spec, Random random) {
        Predictor predictor = new Predictor(spec);
        assertThat(predictor.use(weights(spec, null, 5, random))).isTrue();
        assertThat(predictor.use(weights(spec, "de", 3, random))).isTrue();
        return predictor;
    }

    private static Weights weights(EnsembleSpec spec, @Nullable String segment, long version, Random random) {
        Weights equal = new WeightFold(spec).weights(0);
        Weights.Candidate[] candidates = equal.candidates().clone();
        for (int i = 0; i < candidates.length; i++) {
            FusionMethod method = candidates[i].fusion().method();
            double[] parameters = random.doubles(spec.members().size(), method.isWeighted() ? -30 : -1, 2)
                    .map(each -> method.isWeighted() && each < -28 ? Double.NEGATIVE_INFINITY : each)
                    .toArray();
            double[] bias = method.isWeighted()
                    ? new double[spec.scoreWidth()]
                    : random.doubles(spec.scoreWidth(), -2, 2).toArray();
            candidates[i] = new Weights.Candidate(candidates[i].name(), new Fusion(method, parameters, bias));
        }
        boolean calibrated = spec.task() == Task.BINARY && random.nextBoolean();
        return new Weights(
                "test",
                segment,
                1,
                version,
                1000 * random.nextDouble(),
                equal.learner(),
                equal.members(),
                equal.classes(),
                candidates,
                random.nextInt(candidates.length),
                calibrated ? new Calibration(0.5 + random.nextDouble(), random.nextDouble() - 0.5) : null,
                null,
                0);
    }

    private static Prediction predict(Predictor predictor, EnsembleSpec spec, Random random) {
        int width = spec.scoreWidth();
        double[] scores = new double[spec.members().size() * width];
        for (int k = 0; k < scores.length / width; k++) {
            double[] answer = answer(spec.task(), width, random);
            boolean missing = random.nextInt(5) == 0;
            for (int c = 0; c < width; c++) {
                scores[k * width + c] = missing ? Double.NaN : answer[c];
            }
        }
        return predict(predictor, scores, SEGMENTS[random.nextInt(SEGMENTS.length)]);
    }

    private static double[] answer(Task task, int width, Random random) {
        if (width > 1) {
            double[] parts = random.doubles(width).toArray();
            double sum = Arrays.stream(parts).sum();
            return Arrays.stream(parts).map(each -> each / sum).toArray();
        }
        int kind = random.nextInt(12);
        double any = task.isClasses() ? random.nextDouble() : 1000 * random.nextGaussian();
        return new double[] {kind == 0 ? 0 : kind == 1 ? 1 : kind == 2 ? 0.5 : any};
    }

    private static Prediction predict(Predictor predictor, double[] scores, @Nullable String segment) {
        Event event = new Event("e-1", 1, segment, new float[1], null);
        return predictor.predict(event, scores, new String[scores.length], 2);
    }
}
