package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.backtest.Backtest;
import io.tributary.core.backtest.Recording;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Choosing between candidates by what they would have emitted. */
class AutoTest {

    private static final List<String> MEMBERS = List.of("a", "b", "c");
    private static final int ROWS = 4_000;

    @Test
    void leader_onePerfectMemberAndTwoCoins_isBetterThanTheirAverage() {
        Run run = run(Task.BINARY, null, 0, 0);
        assertThat(run.loss).isLessThan(0.6 * run.uniformLoss);
    }

    @Test
    void leader_membersChangePlaces_followsWhenLabelsArePrompt() {
        Run run = run(Task.BINARY, null, 200, 0);
        assertThat(run.loss).isLessThan(0.8 * run.uniformLoss);
    }

    @Test
    void leader_membersChangePlacesFasterThanLabelsCome_doesNotLoseToTheAverage() {
        Run run = run(Task.BINARY, null, 200, 300);
        assertThat(run.loss).isLessThan(1.02 * run.uniformLoss);
    }

    @Test
    void leader_scoresInAnyUnit_areFollowed() {
        Run run = run(Task.REGRESSION, null, 0, 0);
        assertThat(run.loss).isLessThan(0.6 * run.uniformLoss);
    }

    @ParameterizedTest
    @EnumSource(names = {"MEAN", "LOG_ODDS", "MEDIAN", "HARD_VOTE", "TRIMMED_MEAN", "STACK"})
    void candidates_withAFusionAskedFor_haveThatOne(FusionMethod method) {
        Weights weights = new WeightFold(plan(Task.BINARY, method)).weights(0);
        assertThat(weights.candidates())
                .hasSizeGreaterThan(2)
                .allMatch(candidate -> candidate.fusion().method() == method);
        assertThat(weights.learner()).isEqualTo("auto");
    }

    @Test
    void emitted_byEveryCandidate_isWhatThePredictionCarries() {
        Recording recording = recording(Task.BINARY, 200, 10);
        LearningPlan plan = plan(Task.BINARY, null);
        List<Prediction> predictions = new ArrayList<>();
        new Backtest(recording).run(plan, (row, prediction) -> predictions.add(prediction));
        int candidates = new WeightFold(plan).weights(0).candidates().length;
        assertThat(predictions).allMatch(prediction -> prediction.candidates().length == candidates);
        assertThat(predictions).allMatch(prediction -> contains(prediction.candidates(), prediction.score()));
    }

    private static boolean contains(double[] scores, double score) {
        for (double each : scores) {
            if (each == score) {
                return true;
            }
        }
        return false;
    }

    private record Run(double loss, double uniformLoss) {}

    private static Run run(Task task, @Nullable FusionMethod method, int changeEvery, int delay) {
        Recording recording = recording(task, changeEvery, delay);
        LearningPlan plan = plan(task, method);
        Loss loss = plan.learning().loss();
        double[] sums = new double[2];
        new Backtest(recording).run(plan, (row, prediction) -> {
            double mean = 0;
            for (double score : recording.scores()[row]) {
                mean += score / MEMBERS.size();
            }
            sums[0] += loss.of(prediction.score(), recording.labels()[row]);
            sums[1] += loss.of(mean, recording.labels()[row]);
        });
        return new Run(sums[0] / ROWS, sums[1] / ROWS);
    }

    private static LearningPlan plan(Task task, @Nullable FusionMethod method) {
        return new LearningPlan(
                "test",
                1,
                task,
                List.of(),
                0.5,
                MEMBERS,
                List.of(),
                List.of(),
                new EnsembleSpec.Fusion(method, 1e-6, 0.1, false, Double.NaN),
                new LearningSpec(
                        "auto",
                        task == Task.BINARY ? Loss.LOG : Loss.SQUARE,
                        LearnerSettings.DEFAULT,
                        10,
                        new LearningSpec.Segments(1000, 0),
                        Duration.ofSeconds(1)));
    }

    /** One member knows, the others guess; who knows changes every so many rows, or never. */
    private static Recording recording(Task task, int changeEvery, int delay) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] scores = new double[ROWS][MEMBERS.size()];
        double[] labels = new double[ROWS];
        for (int t = 0; t < ROWS; t++) {
            labels[t] = task == Task.BINARY ? random.nextInt(2) : 1e6 * (1 + random.nextDouble());
            int knows = changeEvery == 0 ? 0 : t / changeEvery % MEMBERS.size();
            for (int k = 0; k < MEMBERS.size(); k++) {
                double truth = k == knows ? 0.9 : 0.1;
                scores[t][k] = task == Task.BINARY
                        ? (1 - truth) * random.nextDouble() + truth * (0.05 + 0.9 * labels[t])
                        : (1 - truth) * 1e6 * (1 + random.nextDouble()) + truth * labels[t];
            }
        }
        return Recording.delayed(MEMBERS, scores, labels, delay);
    }
}
