package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LessonTest {

    private static final double NAN = Double.NaN;
    private static final double CLIP = 1e-6;
    private static final List<FusionMethod> LINEAR = List.of(FusionMethod.MEAN, FusionMethod.LOG_ODDS);
    private static final List<Loss> LOSSES = List.of(Loss.LOG, Loss.BRIER, Loss.ABSOLUTE);

    /** A member that sleeps is as one that is not there: the others' regrets are what they would be without it. */
    @ParameterizedTest
    @CsvSource({
        "MEAN, log, true",
        "MEAN, square, false",
        "MEAN, absolute, true",
        "LOG_ODDS, log, true",
        "LOG_ODDS, log, false",
        "HARD_VOTE, square, false",
        "MEDIAN, absolute, false",
        "TRIMMED_MEAN, square, false"
    })
    void sleeper_changesNoOtherRegret(FusionMethod method, String name, boolean gradient) {
        Loss loss = Loss.named(name, Double.NaN);
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            double[] weights = random.doubles(4, 0.05, 1).toArray();
            double[] scores = random.doubles(4, 0.02, 0.98).toArray();
            int sleeper = random.nextInt(4);
            scores[sleeper] = NAN;
            double label = random.nextInt(2);

            double[] with = regrets(method, loss, gradient, weights, scores, label, 1);
            double[] without =
                    regrets(method, loss, gradient, without(weights, sleeper), without(scores, sleeper), label, 1);

            assertThat(with[sleeper]).isZero();
            assertThat(without(with, sleeper)).containsExactly(without, within(1e-12));
        }
    }

    private static double[] without(double[] values, int gone) {
        double[] rest = new double[values.length - 1];
        Arrays.setAll(rest, k -> values[k < gone ? k : k + 1]);
        return rest;
    }

    /**
     * The regret against member k is how fast the loss falls as weight moves from everyone to k: −d/dε of the loss at
     * w + ε(e_k − w), here by central differences.
     */
    @ParameterizedTest
    @CsvSource({"MEAN, log", "MEAN, square", "MEAN, absolute", "LOG_ODDS, log", "LOG_ODDS, square", "LOG_ODDS, absolute"
    })
    void gradient_isTheDerivativeOfTheLossTowardsTheMember(FusionMethod method, String name) {
        Loss loss = Loss.named(name, Double.NaN);
        Random random = new Random(7);
        double step = 1e-5;
        for (int i = 0; i < 500; i++) {
            double[] weights = random.doubles(4, 0.05, 1).toArray();
            double sum = Arrays.stream(weights).sum();
            Arrays.setAll(weights, k -> weights[k] / sum);
            double[] scores = random.doubles(4, 0.02, 0.98).toArray();
            double label = random.nextInt(2);

            double[] regrets = regrets(method, loss, true, weights, scores, label, 1);
            for (int k = 0; k < 4; k++) {
                double numeric = -(lossTowards(method, loss, weights, scores, label, k, step)
                                - lossTowards(method, loss, weights, scores, label, k, -step))
                        / (2 * step);
                assertThat(regrets[k])
                        .as("case %d, member %d", i, k)
                        .isCloseTo(numeric, within(1e-6 * (1 + Math.abs(numeric))));
            }
        }
    }

    @Test
    void gradient_logLossInLogOdds_isTheErrorTimesTheDistance() {
        double[] scores = {0.2, 0.6};
        double[] regrets = regrets(FusionMethod.LOG_ODDS, Loss.LOG, true, new double[] {0.5, 0.5}, scores, 1, 1);
        double mean = (logit(0.2) + logit(0.6)) / 2;
        double fused = 1 / (1 + Math.exp(-mean));
        assertThat(regrets[0]).isCloseTo((fused - 1) * (mean - logit(0.2)), within(1e-14));
        assertThat(regrets[1]).isCloseTo((fused - 1) * (mean - logit(0.6)), within(1e-14));
    }

    @Test
    void gradient_weightedByTheWeights_sumsToZero() {
        double[] weights = {0.5, 0.3, 0.2};
        for (FusionMethod method : LINEAR) {
            double[] regrets = regrets(method, Loss.LOG, true, weights, new double[] {0.1, 0.4, 0.8}, 1, 1);
            assertThat(weights[0] * regrets[0] + weights[1] * regrets[1] + weights[2] * regrets[2])
                    .isCloseTo(0, within(1e-14));
        }
    }

    @Test
    void plain_isTheDifferenceOfTheLosses() {
        double[] regrets =
                regrets(FusionMethod.MEAN, Loss.LOG, false, new double[] {0.5, 0.5}, new double[] {0.2, 0.6}, 1, 1);
        assertThat(regrets[0]).isCloseTo(-Math.log(0.4) + Math.log(0.2), within(1e-15));
        assertThat(regrets[1]).isCloseTo(-Math.log(0.4) + Math.log(0.6), within(1e-15));
    }

    @Test
    void importance_multipliesEveryRegret() {
        double[] weights = {0.5, 0.5};
        double[] scores = {0.2, 0.6};
        for (boolean gradient : new boolean[] {true, false}) {
            double[] once = regrets(FusionMethod.MEAN, Loss.LOG, gradient, weights, scores, 1, 1);
            double[] thrice = regrets(FusionMethod.MEAN, Loss.LOG, gradient, weights, scores, 1, 3);
            assertThat(thrice).containsExactly(new double[] {3 * once[0], 3 * once[1]}, within(1e-14));
        }
    }

    @Test
    void missingMember_hasNoRegret() {
        double[] weights = {0.5, 0.3, 0.2};
        double[] scores = {0.2, NAN, 0.6};
        for (FusionMethod method : LINEAR) {
            for (boolean gradient : new boolean[] {true, false}) {
                double[] regrets = regrets(method, Loss.LOG, gradient, weights, scores, 1, 1);
                assertThat(regrets[1]).isZero();
                assertThat(regrets[0]).isNegative();
                assertThat(regrets[2]).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-6", "1e-15"})
    void certainScores_haveFiniteRegrets(double clip) {
        for (FusionMethod method : LINEAR) {
            for (Loss loss : LOSSES) {
                for (boolean gradient : new boolean[] {true, false}) {
                    for (double[] scores : new double[][] {{0, 0}, {1, 1}, {0, 1}, {1e-300, 1}}) {
                        Fuser fuser = new Fuser(method, clip, 2);
                        double[] into = new double[2];
                        for (double label : new double[] {0, 1}) {
                            fuser.fuse(scores);
                            Lesson lesson = new Lesson(loss, gradient, 2, 1);
                            lesson.prepare(fuser, scores, label, 1, 0);
                            into[0] = lesson.regret(0);
                            into[1] = lesson.regret(1);
                            assertThat(into[0]).isFinite();
                            assertThat(into[1]).isFinite();
                        }
                    }
                }
            }
        }
    }

    private static double lossTowards(
            FusionMethod method, Loss loss, double[] weights, double[] scores, double label, int k, double step) {
        double[] logs = new double[weights.length];
        Arrays.setAll(logs, j -> Math.log((1 - step) * weights[j] + (j == k ? step : 0)));
        Fuser fuser = new Fuser(method, CLIP, weights.length);
        fuser.use(logs);
        return loss.of(fuser.fuse(scores), label);
    }

    private static double[] regrets(
            FusionMethod method,
            Loss loss,
            boolean gradient,
            double[] weights,
            double[] scores,
            double label,
            double importance) {
        Fuser fuser = new Fuser(method, CLIP, weights.length);
        fuser.use(Arrays.stream(weights).map(Math::log).toArray());
        double[] into = new double[weights.length];
        fuser.fuse(scores);
        Lesson lesson = new Lesson(loss, gradient, weights.length, 1);
        lesson.prepare(fuser, scores, label, importance, 0);
        Arrays.setAll(into, lesson::regret);
        return into;
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }
}
