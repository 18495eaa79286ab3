package io.tributary.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.member.FakeMember;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.WrongShapeException;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scenes whose predictions and weights are worked out here from the formulas, not with the classes under test. */
class ReferencePipelineTest {

    private static final double NAN = Double.NaN;
    private static final List<String> NAMES = List.of("a", "b", "c");

    private final FakeMember a = FakeMember.of(row -> row[0]);
    private final FakeMember b = FakeMember.of(row -> row[1]);
    private final FakeMember c = FakeMember.of(row -> (row[0] + row[1]) / 2);

    @Test
    void scenario_hedge_isBayesRuleOverThoseWhoAnswered() {
        EnsembleSpec spec =
                TestSpecs.of(NAMES, "learning: {learner: hedge, eta: 1, gradient: false}\nthreshold: 0.5\n");
        ReferencePipeline pipeline = new ReferencePipeline(spec, List.of(a, b, c));

        Prediction first = pipeline.score(event("e1", 0.25f, 0.75f), 10);
        assertThat(first.score()).isCloseTo((0.25 + 0.75 + 0.5) / 3, within(1e-15));
        assertThat(first.weightsVersion()).isZero();

        // Learned, but not in use before it is published.
        pipeline.outcome(label("e1", 1));
        assertThat(pipeline.score(event("e2", 0.25f, 0.75f), 20).weightsVersion())
                .isZero();

        // Posterior after a positive: 0.25, 0.75 and 0.5 by their sum.
        Weights weights = pipeline.publish(30);
        double[] posterior = {0.25 / 1.5, 0.75 / 1.5, 0.5 / 1.5};
        assertThat(plain(weights)).containsExactly(posterior, within(1e-14));
        assertThat(weights.version()).isEqualTo(1);
        assertThat(weights.publishedAtMillis()).isEqualTo(30);

        // b gives no number and a fails: c alone is left.
        b.failWith(new WrongShapeException("[1, 2]", 1, 1));
        a.failWith(new IllegalStateException("out of memory"));
        Prediction alone = pipeline.score(event("e3", 0.5f, 0.125f), 40);
        assertThat(alone.score()).isEqualTo(0.3125);
        assertThat(alone.weights()).containsExactly(0, 0, 1);
        assertThat(alone.missing()).containsExactly("error", "wrong-shape", null);
        assertThat(alone.scores()).containsExactly(NAN, NAN, 0.3125);
        assertThat(alone.degraded()).isTrue();
        assertThat(alone.weightsVersion()).isEqualTo(1);

        // One awake alone has no regret, so its label changes no weight, but it counts.
        pipeline.outcome(label("e3", 0));
        assertThat(plain(pipeline.publish(50))).containsExactly(posterior, within(1e-14));

        // a sleeps: b and c share by their posterior, and only they learn.
        b.failWith(null);
        Prediction two = pipeline.score(event("e4", 0.25f, 0.75f), 60);
        double fused = (posterior[1] * 0.75 + posterior[2] * 0.5) / (posterior[1] + posterior[2]);
        assertThat(two.score()).isCloseTo(fused, within(1e-14));
        assertThat(two.weightsVersion()).isEqualTo(2);
        pipeline.outcome(label("e4", 0));
        // Sleeping experts: w·exp(loss of the fused − own loss), and a as it was; with log loss that is a ratio.
        double[] next = {posterior[0], posterior[1] * 0.25 / (1 - fused), posterior[2] * 0.5 / (1 - fused)};
        double sum = next[0] + next[1] + next[2];
        assertThat(plain(pipeline.publish(70)))
                .containsExactly(new double[] {next[0] / sum, next[1] / sum, next[2] / sum}, within(1e-14));
    }

    @Test
    void scenario_boa_isItsFormulas() {
        EnsembleSpec spec = TestSpecs.of(NAMES, "learning: {learner: boa, loss: square}\n");
        ReferencePipeline pipeline = new ReferencePipeline(spec, List.of(a, b, c));
        double[] regretSum = new double[3];
        double[] squares = new double[3];
        double[] bound = new double[3];
        double[] weights = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        float[][] features = {{0.25f, 0.75f}, {0.5f, 0.875f}, {0.125f, 0.375f}, {0.75f, 0.25f}};
        double[] labels = {1, 1, 0, 1};
        for (int t = 0; t < labels.length; t++) {
            double[] scores = {features[t][0], features[t][1], (features[t][0] + features[t][1]) / 2};
            double fused = weights[0] * scores[0] + weights[1] * scores[1] + weights[2] * scores[2];
            assertThat(pipeline.score(event("e" + t, features[t][0], features[t][1]), t)
                            .score())
                    .as("step %d", t)
                    .isCloseTo(fused, within(1e-12));

            double[] raw = new double[3];
            for (int k = 0; k < 3; k++) {
                double r = 2 * (fused - labels[t]) * (fused - scores[k]);
                bound[k] = Math.max(bound[k], Math.abs(r));
                squares[k] += r * r;
                double two = Math.max(0x1p-20, Math.pow(2, Math.ceil(Math.log(bound[k]) / Math.log(2))));
                double eta = Math.min(1 / two, Math.sqrt(Math.log(3) / squares[k]));
                // The fused score of the first step is exactly c's.
                eta = squares[k] == 0 ? 0x1p20 : eta;
                regretSum[k] += 0.5 * (r - eta * r * r + (eta * r > 0.5 ? two : 0));
                raw[k] = eta * Math.exp(eta * regretSum[k]);
            }
            double sum = raw[0] + raw[1] + raw[2];
            weights = new double[] {raw[0] / sum, raw[1] / sum, raw[2] / sum};
            pipeline.outcome(label("e" + t, labels[t]));
            assertThat(plain(pipeline.publish(t))).as("step %d", t).containsExactly(weights, within(1e-12));
        }
    }

    @Test
    void score_badScores_areMissingByName() {
        EnsembleSpec spec = TestSpecs.of(NAMES, "");
        ReferencePipeline pipeline = new ReferencePipeline(
                spec, List.of(FakeMember.always(NAN), FakeMember.always(1.5), FakeMember.always(0.25)));
        Prediction prediction = pipeline.score(event("e", 0, 0), 0);
        assertThat(prediction.missing()).containsExactly("not-a-number", "out-of-range", null);
        assertThat(prediction.score()).isEqualTo(0.25);
    }

    @Test
    void score_memberThatWritesNothing_isMissingAndNotItsNeighboursScore() {
        Member silent = new Member() {
            @Override
            public void score(FeatureBatch batch, double[] scores) {
                // Breaks its contract: a row it does not score must be NaN.
            }

            @Override
            public void close() {}
        };
        ReferencePipeline pipeline =
                new ReferencePipeline(TestSpecs.of("a", "b"), List.of(FakeMember.always(0.25), silent));
        Prediction prediction = pipeline.score(event("e", 0, 0), 0);
        assertThat(prediction.missing()).containsExactly(null, "not-a-number");
        assertThat(prediction.scores()).containsExactly(0.25, NAN);
    }

    @Test
    void outcome_beforeItsEvent_teachesWhenTheEventComes() {
        EnsembleSpec spec = TestSpecs.of(NAMES, "learning: {learner: hedge, gradient: false}\n");
        ReferencePipeline early = new ReferencePipeline(spec, List.of(a, b, c));
        early.outcome(label("e1", 1));
        assertThat(early.publish(0).version()).isZero();
        early.score(event("e1", 0.25f, 0.75f), 0);

        ReferencePipeline late = new ReferencePipeline(spec, List.of(a, b, c));
        late.score(event("e1", 0.25f, 0.75f), 0);
        late.outcome(label("e1", 1));
        assertThat(early.publish(0).version()).isEqualTo(1);
        assertThat(early.publish(0).fusion().parameters())
                .containsExactly(late.publish(0).fusion().parameters());
    }

    @Test
    void outcome_copiesAndRepeatedEvents_changeNothing() {
        EnsembleSpec spec = TestSpecs.of(NAMES, "learning: {learner: hedge, gradient: false}\n");
        ReferencePipeline pipeline = new ReferencePipeline(spec, List.of(a, b, c));
        pipeline.score(event("e1", 0.25f, 0.75f), 0);
        pipeline.outcome(label("e1", 1));
        double[] once = pipeline.publish(0).fusion().parameters();
        pipeline.outcome(label("e1", 1));
        pipeline.score(event("e1", 0.9f, 0.1f), 0);
        pipeline.outcome(label("e1", 1));

        Weights weights = pipeline.publish(0);
        assertThat(weights.fusion().parameters()).containsExactly(once);
        assertThat(weights.version()).isEqualTo(1);
        assertThat(pipeline.measure().labels()).isEqualTo(1);
    }

    @Test
    void settle_labelCorrectedInTime_teachesOnceAsTheRightOne() {
        String learning = "learning: {learner: hedge, gradient: false}\n";
        ReferencePipeline held =
                new ReferencePipeline(TestSpecs.of(NAMES, learning + "outcomes: {settle: 10s}\n"), List.of(a, b, c));
        ReferencePipeline right = new ReferencePipeline(TestSpecs.of(NAMES, learning), List.of(a, b, c));
        for (ReferencePipeline each : List.of(held, right)) {
            each.score(event("e1", 0.25f, 0.75f), 0);
            each.score(event("e2", 0.5f, 0.125f), 0);
        }
        held.outcome(label("e1", 1), 1_000);
        held.outcome(label("e2", 1), 2_000);
        held.outcome(new Outcome("e1", 0, Outcome.Kind.CORRECTION, 9, null, NAN), 3_000);
        held.settle(10_999);
        assertThat(held.publish(0).version()).isZero();
        held.settle(11_000);
        assertThat(held.publish(0).version()).isEqualTo(1);
        held.settle(12_000);

        right.outcome(label("e1", 0));
        right.outcome(label("e2", 1));
        assertThat(held.publish(0).version()).isEqualTo(2);
        assertThat(held.publish(0).fusion().parameters())
                .containsExactly(right.publish(0).fusion().parameters());
        assertThat(held.measure().figures()).isEqualTo(right.measure().figures());
        assertThat(held.measure().corrections()).isZero();
    }

    @Test
    void measure_correctedLabel_countsAsTheRightOne() {
        ReferencePipeline pipeline = new ReferencePipeline(TestSpecs.of(NAMES, ""), List.of(a, b, c));
        pipeline.score(event("e1", 0.25f, 0.75f), 0);
        pipeline.outcome(label("e1", 1));
        pipeline.outcome(new Outcome("e1", 0, Outcome.Kind.CORRECTION, 9, null, NAN));

        List<Figures> figures = pipeline.measure().figures();
        assertThat(figures.get(0).of(Figure.BRIER)).isCloseTo(0.0625, within(1e-15));
        assertThat(figures.get(1).of(Figure.BRIER)).isCloseTo(0.5625, within(1e-15));
        assertThat(figures.get(3).scorer()).isEqualTo("fused");
        assertThat(figures.get(3).of(Figure.BRIER)).isCloseTo(0.25, within(1e-15));
        assertThat(pipeline.measure().corrections()).isEqualTo(1);
    }

    @Test
    void runs_ofTheSameInput_giveTheSameBits() {
        double[] first = longRun();
        assertThat(longRun()).containsExactly(first);
        assertThat(first[0]).isNotEqualTo(first[1]);
    }

    private double[] longRun() {
        ReferencePipeline pipeline = new ReferencePipeline(TestSpecs.of(NAMES, ""), List.of(a, b, c));
        Random random = new Random(21);
        for (int i = 0; i < 2_000; i++) {
            pipeline.score(event("e" + i, random.nextFloat(), random.nextFloat()), i);
            pipeline.outcome(label("e" + Math.max(0, i - 50), random.nextInt(2)));
            if (i % 10 == 0) {
                pipeline.publish(i);
            }
        }
        return pipeline.publish(2_000).fusion().parameters();
    }

    private static double[] plain(Weights weights) {
        return Arrays.stream(weights.fusion().parameters()).map(Math::exp).toArray();
    }

    private static Event event(String id, float x, float y) {
        return new Event(id, 1, null, new float[] {x, y}, null);
    }

    private static Outcome label(String eventId, double label) {
        return new Outcome(eventId, label, Outcome.Kind.FINAL, 5, null, NAN);
    }
}
