package io.tributary.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Task;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Loss;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import io.tributary.core.spec.TestSpecs;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The engine, and what is computed in hindsight over the same recordings. */
class BacktestTest {

    private static final int ROWS = 3000;

    private static LearningPlan plan(Task task, String learner, int members, LearnerSettings settings) {
        return new LearningPlan(
                "b",
                1,
                task,
                List.of(),
                0.5,
                List.of("a", "b", "c", "d").subList(0, members),
                List.of(),
                List.of(),
                new EnsembleSpec.Fusion(io.tributary.core.fusion.FusionMethod.MEAN, 1e-6, 0.1, false, Double.NaN),
                new LearningSpec(
                        learner,
                        task == Task.BINARY ? Loss.LOG : Loss.SQUARE,
                        settings,
                        10,
                        new LearningSpec.Segments(1000, 0),
                        Duration.ofSeconds(1)));
    }

    private static Recording numbers(double[] mix, int delay) {
        SplittableRandom random = new SplittableRandom(4);
        double[][] scores = new double[ROWS][mix.length];
        double[] labels = new double[ROWS];
        for (int t = 0; t < ROWS; t++) {
            for (int k = 0; k < mix.length; k++) {
                scores[t][k] = random.nextDouble(-10, 10);
                labels[t] += mix[k] * scores[t][k];
            }
            labels[t] += random.nextDouble(-0.1, 0.1);
        }
        return Recording.delayed(List.of("a", "b", "c", "d").subList(0, mix.length), scores, labels, delay);
    }

    @Test
    void hindsightWeights_ofASquareLoss_areTheMixThatMadeTheLabels() {
        Recording recording = numbers(new double[] {0.5, 0.3, 0.2, 0}, 0);

        double[] weights = HindsightWeights.of(recording, plan(Task.REGRESSION, "boa", 4, LearnerSettings.DEFAULT), 0);

        assertThat(weights).containsExactly(new double[] {0.5, 0.3, 0.2, 0}, within(1e-3));
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void run_usesNoLabelBeforeItIsKnown() {
        Recording prompt = numbers(new double[] {1, 0}, 0);
        Recording late = numbers(new double[] {1, 0}, 50);
        double[] weightOfRight = new double[ROWS];

        WeightFold fold = new Backtest(late)
                .run(plan(Task.REGRESSION, "ml-poly", 2, LearnerSettings.DEFAULT), (row, prediction) -> {
                    weightOfRight[row] = prediction.weights()[0];
                });

        assertThat(Arrays.copyOf(weightOfRight, 51)).containsOnly(0.5);
        assertThat(weightOfRight[60]).isGreaterThan(0.5);
        assertThat(fold.version()).isEqualTo(ROWS - 51);
        assertThat(new Backtest(prompt)
                        .fit(plan(Task.REGRESSION, "ml-poly", 2, LearnerSettings.DEFAULT), (row, prediction) -> {})
                        .version())
                .isEqualTo(ROWS);
    }

    @Test
    void run_twice_endsInTheSameBits() {
        Recording recording = numbers(new double[] {0.6, 0.4, 0}, 20);
        LearningPlan plan = plan(Task.REGRESSION, "auto", 3, LearnerSettings.DEFAULT);

        assertThat(new Backtest(recording).run(plan, (row, prediction) -> {}).snapshot())
                .isEqualTo(new Backtest(recording)
                        .run(plan, (row, prediction) -> {})
                        .snapshot());
    }

    @Test
    void segments_ofARecording_getWeightsOfTheirOwn() {
        Recording plain = numbers(new double[] {1, 0}, 0);
        double[] labels = plain.labels().clone();
        @Nullable String[] segments = new String[ROWS];
        for (int t = 0; t < ROWS; t++) {
            segments[t] = t % 2 == 0 ? "even" : "odd";
            labels[t] = plain.scores()[t][t % 2];
        }
        Recording recording =
                Recording.delayed(plain.members(), plain.scores(), labels, 0).withSegments(segments);
        LearningPlan some = plan(Task.REGRESSION, "ml-poly", 2, LearnerSettings.DEFAULT);
        LearningPlan plan = new LearningPlan(
                some.ensemble(),
                1,
                some.task(),
                List.of(),
                some.threshold(),
                some.members(),
                List.of(),
                List.of(),
                some.fusion(),
                new LearningSpec(
                        "ml-poly",
                        Loss.SQUARE,
                        LearnerSettings.DEFAULT,
                        10,
                        new LearningSpec.Segments(100, 10),
                        Duration.ofSeconds(1)));
        double[][] last = new double[2][];

        new Backtest(recording).run(plan, (row, prediction) -> last[row % 2] = prediction.weights());

        assertThat(last[0][0]).isGreaterThan(0.9);
        assertThat(last[1][1]).isGreaterThan(0.9);
    }

    @Test
    void tuning_ofAShare_findsOneThatSuitsAWorldThatChanges() {
        SplittableRandom random = new SplittableRandom(8);
        double[][] scores = new double[ROWS][2];
        double[] labels = new double[ROWS];
        for (int t = 0; t < ROWS; t++) {
            labels[t] = random.nextInt(2);
            int right = t / 40 % 2;
            scores[t][right] = labels[t] == 1 ? 0.9 : 0.1;
            scores[t][1 - right] = random.nextDouble(0.1, 0.9);
        }
        Recording recording = Recording.delayed(List.of("a", "b"), scores, labels, 0);
        LearnerSettings settings = LearnerSettings.DEFAULT.withAlpha(0.0001).withEta(0.01);

        Tuning.Choice choice = Tuning.choose(recording, plan(Task.BINARY, "fixed-share", 2, settings), ROWS / 2);

        assertThat(choice.settings().alpha()).isGreaterThanOrEqualTo(0.01);
        assertThat(choice.settings().eta()).isGreaterThan(0.1);
        assertThat(choice.tried()).isGreaterThan(20);
        assertThat(Tuning.choose(recording, plan(Task.BINARY, "boa", 2, settings), ROWS / 2)
                        .tried())
                .isEqualTo(1);
    }

    @Test
    void timed_labelsThatNeverCome_areNeverLearned() {
        double[][] scores = new double[10][1];
        double[] times = new double[10];
        double[] known = new double[10];
        Arrays.setAll(times, t -> t);
        Arrays.setAll(known, t -> t % 2 == 0 ? t + 1 : Double.POSITIVE_INFINITY);

        Recording recording = Recording.timed(List.of("a"), scores, new double[10], times, known);

        assertThat(recording.known()).containsExactly(0, 1, 1, 2, 2, 3, 3, 4, 4, 5);
        assertThat(Arrays.copyOf(recording.arrivals(), 5)).containsExactly(0, 2, 4, 6, 8);
    }

    @Test
    void planOfASpec_runsAsItStands() {
        EnsembleSpec spec = TestSpecs.of("a", "b");
        Recording recording = Recording.delayed(
                spec.memberNames(), new double[][] {{0.2, 0.4}, {0.6, Double.NaN}}, new double[] {0, 1}, 0);
        double[] fused = new double[2];

        new Backtest(recording).run(spec.plan(), (row, prediction) -> fused[row] = prediction.score());

        assertThat(fused[0]).isCloseTo(0.3, within(1e-12));
        assertThat(fused[1]).isCloseTo(0.6, within(1e-12));
    }
}
