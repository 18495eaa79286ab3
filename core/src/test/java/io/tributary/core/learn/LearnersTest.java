package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every learner must answer where formulas alone would not. */
class LearnersTest {

    static final List<String> NAMES = Learners.NAMES.stream()
            .filter(name -> !name.equals(Learners.AUTO) && !name.equals(Learners.STACK))
            .toList();

    @ParameterizedTest
    @FieldSource("NAMES")
    void oneMember_alwaysHasAllTheWeight(String name) {
        WeightLearner learner = learner(name, 1, 1);
        double[] state = started(learner, 1);
        for (double regret : new double[] {0, 0.5, -3, 1e9, -1e9, 1e-300}) {
            learner.update(state, lesson(new double[] {regret}));
            assertThat(weights(learner, state, 1)).containsExactly(1);
        }
        assertThat(state).doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void noRegrets_changeNoWeights(String name) {
        WeightLearner learner = learner(name, 1, 3);
        double[] state = started(learner, 3);
        assertThat(weights(learner, state, 3)).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        learner.update(state, lesson(new double[] {0.2, -0.1, 0.3}));
        double[] before = weights(learner, state, 3);
        learner.update(state, lesson(new double[3]));
        // A share is handed out and an old loss fades whether there is regret or not.
        double tolerance = name.equals("fixed-share") ? 0.01 : name.equals("accuracy") ? 1e-3 : 1e-12;
        assertThat(weights(learner, state, 3)).containsExactly(before, within(tolerance));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void sleeper_keepsAllThatIsKnownOfIt(String name) {
        WeightLearner learner = learner(name, 1, 3);
        double[] state = started(learner, 3);
        learner.update(state, lesson(new double[] {0.2, -0.1, 0.3}));
        double[] before = state.clone();
        learner.update(state, lesson(new double[] {-0.4, 0, 0.3}));
        int from = learner.shared() + learner.fields();
        if (Set.of("hedge", "boa", "ml-prod", "ml-ewa").contains(name)) {
            assertThat(Arrays.copyOfRange(state, from, from + learner.fields()))
                    .containsExactly(Arrays.copyOfRange(before, from, from + learner.fields()));
        }
        double[] weights = weights(learner, state, 3);
        assertThat(weights[0]).as("the worse one").isLessThanOrEqualTo(weights[2]);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void betterMember_endsWithNearlyAllTheWeight(String name) {
        WeightLearner learner = learner(name, 1, 3);
        double[] state = started(learner, 3);
        for (int i = 0; i < 400; i++) {
            learner.update(state, lesson(new double[] {-0.1, 0.1, -0.05}));
        }
        assertThat(weights(learner, state, 3)[1]).isGreaterThan(name.equals("fixed-share") ? 0.9 : 0.99);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void regretsOfAllSizes_neverMakeAWeightNaN(String name) {
        WeightLearner learner = learner(name, 2);
        Random random = new Random(4);
        double[] state = started(learner, 4);
        double[] regrets = new double[4];
        for (int i = 0; i < 20_000; i++) {
            Arrays.setAll(
                    regrets,
                    k -> random.nextInt(4) == 0
                            ? 0
                            : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 30));
            learner.update(state, lesson(regrets));
            double[] weights = weights(learner, state, 4);
            assertThat(weights).doesNotContain(Double.NaN);
            assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void hedge_isTheSoftmaxOfTheSummedRegrets() {
        WeightLearner hedge = learner("hedge", 2);
        double[] state = new double[hedge.stateSize(2)];
        hedge.start(new double[] {Math.log(0.75), Math.log(0.25)}, state);
        hedge.update(state, lesson(new double[] {0.3, -0.1}));
        hedge.update(state, lesson(new double[] {0.1, 0.4}));
        double first = 0.75 * Math.exp(2 * 0.4);
        double second = 0.25 * Math.exp(2 * 0.3);
        assertThat(weights(hedge, state, 2))
                .containsExactly(new double[] {first / (first + second), second / (first + second)}, within(1e-15));
    }

    @Test
    void hedge_logLossAndRateOne_isBayesRule() {
        WeightLearner hedge = learner("hedge", 1);
        Lesson lesson = new Lesson(Loss.LOG, false, 3, 1);
        Fuser fuser = new Fuser(FusionMethod.MEAN, 1e-12, 3);
        double[] state = started(hedge, 3);
        double[] posterior = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        Random random = new Random(2);
        for (int t = 0; t < 50; t++) {
            double[] scores = random.doubles(3, 0.05, 0.95).toArray();
            int label = random.nextInt(2);
            fuser.use(logs(hedge, state, 3));
            fuser.fuse(scores);
            lesson.prepare(fuser, scores, label, 1, 0);
            hedge.update(state, lesson);

            double evidence = 0;
            for (int k = 0; k < 3; k++) {
                posterior[k] *= label == 1 ? scores[k] : 1 - scores[k];
                evidence += posterior[k];
            }
            for (int k = 0; k < 3; k++) {
                posterior[k] /= evidence;
            }
            assertThat(weights(hedge, state, 3)).containsExactly(posterior, within(1e-12));
        }
    }

    @Test
    void hedge_weightsBelowTheSmallestDouble_comeBack() {
        WeightLearner hedge = learner("hedge", 1);
        double[] state = started(hedge, 3);
        hedge.update(state, lesson(new double[] {0, -2000, -2000 + Math.log(3)}));
        Fuser fuser = new Fuser(FusionMethod.MEAN, 1e-6, 3);
        fuser.use(logs(hedge, state, 3));
        assertThat(fuser.weights()).containsExactly(1, 0, 0);
        fuser.fuse(new double[] {Double.NaN, 0.2, 0.6});
        assertThat(fuser.effectiveWeights()).containsExactly(new double[] {0, 0.25, 0.75}, within(1e-12));

        hedge.update(state, lesson(new double[] {0, 2000, 0}));
        assertThat(weights(hedge, state, 3)).containsExactly(new double[] {0.5, 0.5, 0}, within(1e-12));
    }

    @Test
    void boa_firstRegrets_followTheFormulas() {
        WeightLearner boa = learner("boa", 1);
        double[] state = started(boa, 2);
        boa.update(state, lesson(new double[] {0.3, -0.5}));
        // |r| = 0.3: B₂ = 0.5, η = min(2, √(ln 2 / 0.09)) = 2, ηr = 0.6 > ½.
        double first = 2 * Math.exp(2 * 0.5 * (0.3 - 2 * 0.09 + 0.5));
        // |r| = 0.5 is a power of two itself: B₂ = 0.5, η = min(2, √(ln 2 / 0.25)), ηr < 0.
        double eta = Math.sqrt(Math.log(2) / 0.25);
        double second = eta * Math.exp(eta * 0.5 * (-0.5 - eta * 0.25));
        assertThat(weights(boa, state, 2))
                .containsExactly(new double[] {first / (first + second), second / (first + second)}, within(1e-15));
    }

    @Test
    void boa_memberThatNeverAnswered_weighsByTheStartingRate() {
        WeightLearner boa = learner("boa", 1);
        double[] state = started(boa, 2);
        boa.update(state, lesson(new double[] {0.3, 0}));
        double known = 2 * Math.exp(2 * 0.5 * (0.3 - 2 * 0.09 + 0.5));
        assertThat(weights(boa, state, 2)[1]).isCloseTo(0x1p20 / (0x1p20 + known), within(1e-15));
    }

    @Test
    void boa_tinyRegrets_keepARateOfAtMostTheStartingOne() {
        WeightLearner boa = learner("boa", 1);
        double[] state = started(boa, 2);
        boa.update(state, lesson(new double[] {1e-18, -1e-18}));
        assertThat(weights(boa, state, 2)).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void hedge_rateNotAboveZero_isRefused(double eta) {
        assertThatThrownBy(() -> learner("hedge", eta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learning.eta is " + eta + ", must be above 0");
    }

    @Test
    void named_unknown_isRefusedWithWhatIsKnown() {
        assertThatThrownBy(() -> learner("adam", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no learner 'adam'; known are auto, boa");
    }

    private static WeightLearner learner(String name, double eta) {
        return learner(name, eta, 4);
    }

    private static WeightLearner learner(String name, double eta, int members) {
        return Learners.weights(name, LearnerSettings.DEFAULT.withEta(eta), members);
    }

    private static Lesson lesson(double... regrets) {
        Lesson lesson = new Lesson(Loss.SQUARE, true, regrets.length, 1);
        lesson.prepare(regrets);
        return lesson;
    }

    private static double[] started(WeightLearner learner, int members) {
        double[] state = new double[learner.stateSize(members)];
        double[] prior = new double[members];
        Arrays.fill(prior, -Math.log(members));
        learner.start(prior, state);
        return state;
    }

    private static double[] logs(WeightLearner learner, double[] state, int members) {
        double[] logs = new double[members];
        learner.logWeights(state, logs);
        return logs;
    }

    private static double[] weights(WeightLearner learner, double[] state, int members) {
        Fuser fuser = new Fuser(FusionMethod.MEAN, 1e-6, members);
        fuser.use(logs(learner, state, members));
        return fuser.weights();
    }
}
