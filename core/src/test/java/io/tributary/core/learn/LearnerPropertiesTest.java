package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What holds for every learner whatever comes. */
class LearnerPropertiesTest {

    static final List<String> NAMES = Learners.NAMES;

    private static final String[] MEMBERS = {"a", "b", "c", "d"};

    @ParameterizedTest
    @FieldSource("NAMES")
    void extremeScores_neverGiveNaN(String name) {
        double[] probabilities = {0, 1, 1e-300, 1 - 1e-16, 0.5, Double.NaN};
        double[] numbers = {0, 1, 1e-300, -1e-300, 1e300, -1e300, 5, Double.NaN};
        for (Task task : new Task[] {Task.BINARY, Task.REGRESSION, Task.QUANTILE}) {
            for (FusionMethod method : FusionMethod.values()) {
                for (String loss : Loss.names(task)) {
                    if (method.suits(task)
                            && Learners.mismatch(name, method) == null
                            && !(method == FusionMethod.STACK && task == Task.QUANTILE)) {
                        WeightFold fold = new WeightFold(plan(name, task, method, loss, MEMBERS));
                        feedExtremes(fold, task, task == Task.BINARY ? probabilities : numbers);
                        isSound(fold.weights(0));
                    }
                }
            }
        }
    }

    private static void feedExtremes(WeightFold fold, Task task, double[] pool) {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            double[] scores = new double[MEMBERS.length];
            Arrays.setAll(scores, k -> pool[random.nextInt(pool.length)]);
            double label = task == Task.BINARY ? random.nextInt(2) : pool[random.nextInt(pool.length - 1)];
            fold.learn(label(label, MEMBERS, scores));
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void membersInAnotherOrder_haveTheSameWeights(String name) {
        String[] turned = {"c", "a", "d", "b"};
        WeightFold fold = new WeightFold(plan(name, Task.BINARY, MEMBERS));
        WeightFold other = new WeightFold(plan(name, Task.BINARY, turned));
        SeededScores seeded = new SeededScores(9);
        for (int i = 0; i < 600; i++) {
            Feedback feedback = seeded.next();
            fold.learn(feedback);
            other.learn(feedback);
        }
        Weights first = fold.weights(0);
        Weights second = other.weights(0);
        assertThat(second.leader()).isEqualTo(first.leader());
        for (int k = 0; k < MEMBERS.length; k++) {
            int at = Arrays.asList(turned).indexOf(MEMBERS[k]);
            assertThat(second.weight(at)).as(MEMBERS[k]).isCloseTo(first.weight(k), within(1e-6));
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void memberThatComesLater_beginsAtItsShareAndTheOthersKeepTheirProportions(String name) {
        String[] three = {"a", "b", "c"};
        WeightFold before = new WeightFold(plan(name, Task.BINARY, three));
        SeededScores seeded = new SeededScores(9);
        for (int i = 0; i < 300; i++) {
            before.learn(seeded.next());
        }
        WeightFold after = new WeightFold(plan(name, Task.BINARY, MEMBERS));
        after.restore(before.snapshot());
        assertThat(after.version()).isEqualTo(300);
        Weights old = before.weights(0);
        Weights grown = after.weights(0);
        isSound(grown);
        if (grown.fusion().method().isWeighted()) {
            assertThat(grown.weight(3)).isCloseTo(0.25, within(1e-9));
            // The rate of ml-ewa depends on how many members there are.
            double tolerance = name.equals("ml-ewa") ? 0.05 : 1e-9;
            for (int k = 0; k < 3; k++) {
                assertThat(grown.weight(k)).isCloseTo(0.75 * old.weight(k), within(tolerance));
            }
        } else {
            assertThat(grown.weight(3)).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void oneMember_hasAllTheWeightAndNoneAwakeTeachesNothing(String name) {
        WeightFold fold = new WeightFold(plan(name, Task.BINARY, "a"));
        for (int i = 0; i < 100; i++) {
            fold.learn(label(i % 2, new String[] {"a"}, i % 3 == 0 ? Double.NaN : 0.3));
        }
        Weights weights = fold.weights(0);
        isSound(weights);
        assertThat(fold.unlearnable()).isEqualTo(34);
        if (weights.fusion().method().isWeighted()) {
            assertThat(weights.weight(0)).isEqualTo(1);
        }
    }

    private static void isSound(Weights weights) {
        for (Weights.Candidate candidate : weights.candidates()) {
            assertThat(candidate.fusion().parameters()).as(candidate.name()).doesNotContain(Double.NaN);
            assertThat(candidate.fusion().bias()).as(candidate.name()).doesNotContain(Double.NaN);
            if (candidate.fusion().method().isWeighted()) {
                double sum = Arrays.stream(candidate.fusion().parameters())
                        .map(Math::exp)
                        .sum();
                assertThat(sum).as(candidate.name()).isCloseTo(1, within(1e-9));
            }
        }
    }

    private static LearningPlan plan(String learner, Task task, String... members) {
        FusionMethod method = learner.equals(Learners.STACK) ? FusionMethod.STACK : null;
        return plan(learner, task, method, Loss.names(task).get(0), members);
    }

    private static LearningPlan plan(
            String learner, Task task, @Nullable FusionMethod method, String loss, String... members) {
        return new LearningPlan(
                "test",
                1,
                task,
                List.of(),
                0.5,
                List.of(members),
                List.of(),
                List.of(),
                new EnsembleSpec.Fusion(
                        method, 1e-6, 0.1, task == Task.BINARY, task == Task.REGRESSION ? 0.9 : Double.NaN),
                new LearningSpec(
                        learner,
                        Loss.named(loss, 0.8),
                        LearnerSettings.DEFAULT,
                        10,
                        new LearningSpec.Segments(1000, 3),
                        Duration.ofSeconds(1)));
    }

    private static Feedback label(double label, String[] members, double... scores) {
        Scored scored = new Scored(0, null, 0.5, members, scores, new double[0], null, 1, 1);
        return new Feedback(Feedback.Kind.LABEL, "e", 0, label, Double.NaN, null, Double.NaN, scored);
    }

    /** Four members, the first the best, now and then asleep. */
    private static final class SeededScores {
        private final Random random;

        SeededScores(long seed) {
            this.random = new Random(seed);
        }

        Feedback next() {
            double label = random.nextInt(2);
            double[] scores = new double[MEMBERS.length];
            for (int k = 0; k < scores.length; k++) {
                double noise = 0.2 + 0.2 * k;
                scores[k] = random.nextInt(9) == 0
                        ? Double.NaN
                        : noise * random.nextDouble() + (1 - noise) * (0.2 + 0.6 * label);
            }
            return label(label, MEMBERS, scores);
        }
    }
}
