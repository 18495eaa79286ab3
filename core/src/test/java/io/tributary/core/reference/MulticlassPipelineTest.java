package io.tributary.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.member.FakeMember;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several classes from members' answers to weights and figures. */
class MulticlassPipelineTest {

    private static final List<String> MEMBERS = List.of("a", "b");
    private static final List<String> CLASSES = List.of("red", "green", "blue");

    private final FakeMember a = FakeMember.ofClasses(row -> new double[] {0.7, 0.2, 0.1});
    private final FakeMember b = FakeMember.ofClasses(row -> new double[] {0.1, 0.3, 0.6});

    @Test
    void scenario_hedge_isBayesRuleOverTheTrueClassesProbabilities() {
        EnsembleSpec spec = spec("learning: {learner: hedge, eta: 1, gradient: false}\nfusion: {method: mean}\n");
        ReferencePipeline pipeline = new ReferencePipeline(spec, List.of(a, b));

        Prediction first = pipeline.score(event("e1"), 10);
        assertThat(first.classScores()).containsExactly(new double[] {0.4, 0.25, 0.35}, within(1e-15));
        assertThat(first.score()).isEqualTo(first.classScores()[0]);
        assertThat(first.likeliest()).isZero();
        assertThat(first.classes()).containsExactly("red", "green", "blue");
        assertThat(first.positive()).isNull();
        assertThat(first.contributions())
                .containsExactly(new double[] {0.35, 0.1, 0.05, 0.05, 0.15, 0.3}, within(1e-15));

        // It was blue: 0.1 against 0.6.
        pipeline.outcome(label("e1", 2));
        Weights weights = pipeline.publish(20);
        assertThat(weights.weight(0)).isCloseTo(1 / 7.0, within(1e-14));
        assertThat(weights.weight(1)).isCloseTo(6 / 7.0, within(1e-14));
        Prediction second = pipeline.score(event("e2"), 30);
        assertThat(second.likeliest()).isEqualTo(2);
        assertThat(second.score()).isCloseTo((0.1 + 6 * 0.6) / 7, within(1e-14));

        Map<String, Figures> figures = figures(pipeline);
        assertThat(figures.get("b").of(Figure.LOG_LOSS)).isCloseTo(-Math.log(0.6), within(1e-14));
        assertThat(figures.get("b").of(Figure.ACCURACY)).isEqualTo(1);
        assertThat(figures.get(EnsembleMeasure.FUSED).of(Figure.LOG_LOSS)).isCloseTo(-Math.log(0.35), within(1e-14));
        assertThat(figures.get(EnsembleMeasure.UNIFORM).of(Figure.ACCURACY)).isZero();
    }

    @Test
    void memberWhoseClassesDoNotAddUp_isMissing_andTheOtherDecides() {
        ReferencePipeline pipeline =
                new ReferencePipeline(spec(""), List.of(FakeMember.ofClasses(row -> new double[] {0.2, 0.3, 0.6}), b));
        Prediction prediction = pipeline.score(event("e1"), 10);

        assertThat(prediction.missing()).containsExactly("out-of-range", null);
        assertThat(prediction.degraded()).isTrue();
        assertThat(prediction.likeliest()).isEqualTo(2);
        assertThat(prediction.classScores()).containsExactly(new double[] {0.1, 0.3, 0.6}, within(1e-15));
        assertThat(prediction.scores()).startsWith(Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void noMember_leavesNoClass_andItsLabelTeachesNothing() {
        b.failWith(new IllegalStateException("gone"));
        a.failWith(new IllegalStateException("gone"));
        ReferencePipeline pipeline = new ReferencePipeline(spec(""), List.of(a, b));
        Prediction prediction = pipeline.score(event("e1"), 10);

        assertThat(prediction.score()).isNaN();
        assertThat(prediction.likeliest()).isEqualTo(-1);
        pipeline.outcome(label("e1", 1));
        assertThat(pipeline.publish(20).evidence()).isZero();
        assertThat(figures(pipeline).get(EnsembleMeasure.FUSED).answered()).isZero();
    }

    /** One member knows, one guesses: whatever learns, the fusion comes near the one that knows. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "boa", "ml-poly", "stack", "fixed-share", "hedge"})
    void learners_findTheMemberThatKnows(String learner) {
        Function<float[], double[]> knows = row -> {
            double[] answer = {0.1, 0.1, 0.1};
            answer[(int) row[0]] = 0.8;
            return answer;
        };
        Function<float[], double[]> guesses = row -> {
            double[] answer = {0.2, 0.2, 0.2};
            answer[(int) row[1]] = 0.6;
            return answer;
        };
        ReferencePipeline pipeline = new ReferencePipeline(
                spec("learning: {learner: " + learner + "}\n"),
                List.of(FakeMember.ofClasses(knows), FakeMember.ofClasses(guesses)));
        Random random = new Random(5);
        for (int i = 0; i < 1500; i++) {
            int truth = random.nextInt(3);
            int known = random.nextInt(10) < 8 ? truth : (truth + 1 + random.nextInt(2)) % 3;
            pipeline.score(new Event("e" + i, i, null, new float[] {known, random.nextInt(3)}, null), i);
            pipeline.outcome(label("e" + i, truth));
            pipeline.publish(i);
        }
        Map<String, Figures> figures = figures(pipeline);
        double fused = figures.get(EnsembleMeasure.FUSED).of(Figure.LOG_LOSS);
        assertThat(fused).isLessThan(figures.get("a").of(Figure.LOG_LOSS) * 1.03);
        assertThat(fused).isLessThan(figures.get(EnsembleMeasure.UNIFORM).of(Figure.LOG_LOSS) * 0.95);
    }

    private static EnsembleSpec spec(String furtherLines) {
        return TestSpecs.ofClasses(MEMBERS, CLASSES, furtherLines);
    }

    private static Event event(String id) {
        return new Event(id, 1, null, new float[] {0, 0}, null);
    }

    private static Outcome label(String id, int label) {
        return new Outcome(id, label, Outcome.Kind.FINAL, 1, null, Double.NaN);
    }

    private static Map<String, Figures> figures(ReferencePipeline pipeline) {
        return pipeline.measure().figures().stream().collect(Collectors.toMap(Figures::scorer, each -> each));
    }
}
