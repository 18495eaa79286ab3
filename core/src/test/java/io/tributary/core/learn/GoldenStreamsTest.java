package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.ScoredLabels;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Predicting and learning from late labels over whole streams of recorded members, against figures that another
 * implementation reached on them. Learning is at the score computed anew when the label comes.
 */
class GoldenStreamsTest {

    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @CsvSource({
        "boa, true, 0, 0.25983413552756124",
        "boa, true, 48, 0.2612060187966696",
        "boa, true, 336, 0.26136044050655199",
        "boa, false, 0, 0.26550025418798606",
        "boa, false, 48, 0.26583831742848996",
        "boa, false, 336, 0.26541282293346041",
        "hedge, false, 0, 0.26955232092428377",
        "hedge, false, 48, 0.27014422520019715",
        "hedge, false, 336, 0.2691255431870303"
    })
    void electricity_labelsLateByRows_hasTheLogLossOfTheReference(
            String learner, boolean gradient, int delayRows, double logLoss) {
        double[][] rows = CsvNumbers.read(Shared.golden().resolve("elec2_members/member_probs.csv.gz"))
                .rows();
        EnsembleSpec spec = TestSpecs.of(
                List.of("nb", "ht", "hat", "knn", "perceptron", "levbag"),
                "learning: {learner: " + learner + ", gradient: " + gradient + "}\nfusion: {clip: 1e-3}\n");
        Figures figures = run(spec, rows, 1, 7, (row, now) -> row + delayRows < now ? 1 : 0, 0);
        assertThat(figures.of(Figure.LOG_LOSS)).isCloseTo(logLoss, within(TOLERANCE));
        assertThat(figures.count()).isEqualTo(45_312);
    }

    @Test
    void fraud_labelsAWeekLate_hasTheFiguresOfTheReference() {
        double[][] rows = CsvNumbers.read(Shared.golden().resolve("fraud_members/member_probs.csv.gz"))
                .rows();
        int warmUp = rows.length - 134_176;
        for (boolean gradient : new boolean[] {true, false}) {
            EnsembleSpec spec = TestSpecs.of(
                    List.of("lr", "dt2", "dt", "rf", "hgb"),
                    "learning: {learner: boa, gradient: " + gradient + "}\nfusion: {clip: 1e-4}\n");
            Figures figures = run(spec, rows, 3, 8, (row, now) -> rows[row][2] <= rows[now][1] ? 1 : 0, warmUp);
            assertThat(figures.of(Figure.LOG_LOSS))
                    .isCloseTo(gradient ? 0.019924294844207914 : 0.02018361700050973, within(TOLERANCE));
            assertThat(figures.of(Figure.AVERAGE_PRECISION))
                    .isCloseTo(gradient ? 0.7324955199577297 : 0.7327977880460649, within(TOLERANCE));
        }
    }

    /** The best fusion that is known for these payments: a Newton stack whose prior has the variance 0.01. */
    @Test
    void fraud_stack_hasTheFiguresOfTheBestKnownFusion() {
        double[][] rows = CsvNumbers.read(Shared.golden().resolve("fraud_members/member_probs.csv.gz"))
                .rows();
        EnsembleSpec spec = TestSpecs.of(
                List.of("lr", "dt2", "dt", "rf", "hgb"),
                "learning: {learner: stack, prior: 0.01}\nfusion: {clip: 1e-4}\n");
        Figures figures =
                run(spec, rows, 3, 8, (row, now) -> rows[row][2] <= rows[now][1] ? 1 : 0, rows.length - 134_176);
        assertThat(figures.of(Figure.LOG_LOSS)).isCloseTo(0.01933, within(1e-5));
        assertThat(figures.of(Figure.AVERAGE_PRECISION)).isCloseTo(0.7395, within(1e-4));
    }

    /** Scores row after row, each after all labels that are known by then. */
    private static Figures run(
            EnsembleSpec spec, double[][] rows, int firstScore, int label, IntBinaryOperator known, int warmUp) {
        double clip = spec.fusion().clip();
        WeightFold fold = new WeightFold(spec);
        Predictor predictor = new Predictor(spec);
        ScoredLabels labels = new ScoredLabels(clip);
        Scored[] waiting = new Scored[rows.length];
        int next = 0;
        for (int now = 0; now < rows.length; now++) {
            while (next < now && known.applyAsInt(next, now) > 0) {
                fold.learn(new Feedback(
                        Feedback.Kind.LABEL, "e", 0, rows[next][label], Double.NaN, null, Double.NaN, waiting[next]));
                waiting[next++] = null;
            }
            predictor.use(fold.weights(0));
            double[] scores = Arrays.stream(rows[now], firstScore, label)
                    .map(score -> Math.min(1 - clip, Math.max(clip, score)))
                    .toArray();
            Prediction prediction = predictor.predict(
                    new Event("e", 0, null, new float[0], null), scores, new String[scores.length], 0);
            waiting[now] = Scored.of(prediction);
            if (now >= warmUp) {
                labels.add(prediction.score(), rows[now][label]);
            }
        }
        return labels.figures("fused");
    }
}
