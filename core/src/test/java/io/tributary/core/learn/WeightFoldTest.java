package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFoldTest {

    static final List<String> LEARNERS = Learners.NAMES;

    private static final double NAN = Double.NaN;
    private static final EnsembleSpec HEDGE =
            TestSpecs.of(List.of("a", "b"), "version: 3\nlearning: {learner: hedge, gradient: false, eta: 1}\n");

    @Test
    void weights_beforeAnyFeedback_areEqualAtVersionZero() {
        Weights weights = new WeightFold(HEDGE).weights(5000);
        assertThat(weights.ensemble()).isEqualTo("test");
        assertThat(weights.segment()).isNull();
        assertThat(weights.specVersion()).isEqualTo(3);
        assertThat(weights.version()).isZero();
        assertThat(weights.evidence()).isZero();
        assertThat(weights.fusion().method().label()).isEqualTo("mean");
        assertThat(weights.learner()).isEqualTo("hedge");
        assertThat(weights.members()).containsExactly("a", "b");
        assertThat(weights.fusion().parameters())
                .containsExactly(new double[] {-Math.log(2), -Math.log(2)}, within(1e-15));
        assertThat(weights.publishedAtMillis()).isEqualTo(5000);
    }

    @Test
    void learn_label_movesWeightsByBayesRule() {
        WeightFold fold = new WeightFold(HEDGE);
        fold.learn(label(1, NAN, 0.2, 0.6));
        fold.learn(label(0, NAN, 0.1, 0.4));

        Weights weights = fold.weights(0);
        double first = 0.2 * 0.9;
        double second = 0.6 * 0.6;
        assertThat(plain(weights))
                .containsExactly(new double[] {first / (first + second), second / (first + second)}, within(1e-14));
        assertThat(weights.version()).isEqualTo(2);
        assertThat(weights.evidence()).isEqualTo(2);
        assertThat(fold.version()).isEqualTo(2);
        assertThat(fold.unlearnable()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"boa", "hedge"})
    void weights_ofAMemberThatNeverAnswered_areTheMeanOfTheOthers(String learner) {
        String[] members = {"a", "b", "c"};
        WeightFold fold = new WeightFold(TestSpecs.of(List.of(members), "learning: {learner: " + learner + "}\n"));
        for (int i = 0; i < 50; i++) {
            fold.learn(label(i % 2, NAN, members, 0.3, i % 2 == 1 ? 0.9 : 0.2, NAN));
        }
        double[] cold = plain(fold.weights(0));
        assertThat(cold[1]).isGreaterThan(cold[0]);
        assertThat(cold[2]).isCloseTo(1.0 / 3, within(1e-12));

        fold.learn(label(1, NAN, members, 0.3, 0.9, 0.2));
        assertThat(plain(fold.weights(0))[2]).isNotCloseTo(1.0 / 3, within(1e-3));
    }

    @Test
    void learn_scoreThatWasEmitted_isNotWhatItLearnsFrom() {
        WeightFold fold = new WeightFold(HEDGE);
        WeightFold other = new WeightFold(HEDGE);
        Feedback feedback = label(1, NAN, 0.2, 0.6);
        Scored scored = feedback.scored();
        for (int i = 0; i < 5; i++) {
            fold.learn(feedback);
            other.learn(new Feedback(
                    Feedback.Kind.LABEL,
                    "e",
                    0,
                    1,
                    NAN,
                    null,
                    NAN,
                    new Scored(0, null, 0.999, scored.members(), scored.scores(), new double[0], null, 9, 77)));
        }
        assertThat(fold.snapshot()).isEqualTo(other.snapshot());
    }

    @Test
    void learn_correctionOrRetraction_byAutoCountsAndTeachesNothing() {
        WeightFold fold = new WeightFold(TestSpecs.of("a", "b"));
        fold.learn(label(1, NAN, 0.2, 0.6));
        double[] before = fold.weights(0).fusion().parameters();
        fold.learn(ofKind(Feedback.Kind.CORRECTION, 0, 1));
        fold.learn(ofKind(Feedback.Kind.RETRACTION, NAN, 0));

        assertThat(fold.weights(0).fusion().parameters()).containsExactly(before);
        assertThat(fold.version()).isEqualTo(3);
        assertThat(fold.unlearnable()).isEqualTo(2);
        assertThat(fold.weights(0).evidence()).isEqualTo(1);
    }

    @Test
    void learn_nobodyAnswered_countsAndTeachesNothing() {
        WeightFold fold = new WeightFold(HEDGE);
        fold.learn(label(1, NAN, 0.2, 0.6));
        double[] before = fold.weights(0).fusion().parameters();
        fold.learn(label(1, NAN, NAN, NAN));

        assertThat(fold.weights(0).fusion().parameters()).containsExactly(before);
        assertThat(fold.version()).isEqualTo(2);
        assertThat(fold.unlearnable()).isEqualTo(1);
        assertThat(fold.weights(0).evidence()).isEqualTo(1);
    }

    @Test
    void learn_propensity_countsByItsInverseUpToTheLimit() {
        WeightFold fold = new WeightFold(HEDGE);
        fold.learn(label(1, 0.5, 0.2, 0.6));
        assertThat(fold.weights(0).evidence()).isEqualTo(2);
        // Twice the regret: the odds are squared.
        assertThat(odds(fold)).isCloseTo(9, within(1e-12));

        fold.learn(label(1, 0.001, 0.5, 0.5));
        assertThat(fold.weights(0).evidence()).as("2 + maxImportance 10").isEqualTo(12);
        fold.learn(label(1, 0, 0.5, 0.5));
        assertThat(fold.weights(0).evidence()).isEqualTo(22);
        fold.learn(label(1, 1, 0.5, 0.5));
        assertThat(fold.weights(0).evidence()).isEqualTo(23);
        assertThat(odds(fold)).isCloseTo(9, within(1e-12));
    }

    @Test
    void learn_memberOfAnOlderSpec_isMatchedByName() {
        WeightFold fold = new WeightFold(HEDGE);
        Scored scored = new Scored(
                0, null, 0.5, new String[] {"gone", "b", "a"}, new double[] {0.9, 0.6, 0.2}, new double[0], null, 1, 1);
        fold.learn(new Feedback(Feedback.Kind.LABEL, "e", 0, 1, NAN, null, NAN, scored));
        assertThat(odds(fold)).isCloseTo(3, within(1e-12));
    }

    @Test
    void weights_ofHugeOdds_sumToOneAndKeepTheirLogarithms() {
        WeightFold fold = new WeightFold(
                TestSpecs.of(List.of("a", "b", "c"), "learning: {learner: hedge, gradient: false, eta: 5}\n"));
        for (int i = 0; i < 2_000; i++) {
            fold.learn(label(1, NAN, new String[] {"a", "b", "c"}, 0.99, 0.01, 0.02));
        }
        Weights weights = fold.weights(0);
        assertThat(Arrays.stream(plain(weights)).sum()).isCloseTo(1, within(1e-12));
        assertThat(plain(weights)[0]).isCloseTo(1, within(1e-12));
        assertThat(weights.fusion().parameters()[1]).isFinite().isLessThan(-700);
        assertThat(weights.fusion().parameters()[2])
                .isGreaterThan(weights.fusion().parameters()[1]);
    }

    @ParameterizedTest
    @FieldSource("LEARNERS")
    void restore_inTheMiddle_goesOnToTheSameBits(String learner) {
        EnsembleSpec spec = TestSpecs.of(SeededFeedback.MEMBERS, "learning: {learner: " + learner + "}\n");
        WeightFold whole = new WeightFold(spec);
        WeightFold first = new WeightFold(spec);
        SeededFeedback feedback = new SeededFeedback(8);
        for (int i = 0; i < 500; i++) {
            Feedback each = feedback.next();
            whole.learn(each);
            first.learn(each);
        }
        WeightFold second = new WeightFold(spec);
        second.learn(label(1, NAN, 0.9, 0.1));
        second.restore(first.snapshot());
        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        for (int i = 0; i < 500; i++) {
            Feedback each = feedback.next();
            whole.learn(each);
            second.learn(each);
        }
        assertThat(second.weights(0).fusion().parameters())
                .containsExactly(whole.weights(0).fusion().parameters());
        assertThat(second.snapshot()).isEqualTo(whole.snapshot());
        assertThat(second.version()).isEqualTo(1000);
        assertThat(second.unlearnable()).isEqualTo(whole.unlearnable()).isPositive();
        assertThat(second.weights(0).evidence()).isEqualTo(whole.weights(0).evidence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"boa over a, b", "stack over a, b", "auto over a, b"})
    void restore_stateOfAnother_isRefused(String other) {
        String[] words = other.split(" over ", -1);
        byte[] snapshot = new WeightFold(
                        TestSpecs.of(List.of(words[1].split(", ", -1)), "learning: {learner: " + words[0] + "}\n"))
                .snapshot();
        WeightFold fold = new WeightFold(HEDGE);
        assertThatThrownBy(() -> fold.restore(snapshot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("weights of test", "hedge", "restore that spec");
        assertThat(fold.version()).isZero();
    }

    @Test
    void restore_cutShort_isRefused() {
        byte[] snapshot = new WeightFold(HEDGE).snapshot();
        WeightFold fold = new WeightFold(HEDGE);
        for (int length : new int[] {0, 3, snapshot.length - 1}) {
            assertThatThrownBy(() -> fold.restore(Arrays.copyOf(snapshot, length)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Bits that any JVM must give: whoever sees this fail has found a platform on which a replay is not exact. */
    @Test
    void learn_tenThousandSeededFeedbacks_givesTheseBits() {
        assertThat(bits("learning: {learner: boa}\n"))
                .containsExactly(
                        "-0x1.8fdffffffb1ecp-38",
                        "-0x1.9e4cd7b8d1159p4",
                        "-0x1.15149d6333abap5",
                        "-0x1.313f44d34f11ap5");
        assertThat(bits("learning: {learner: boa, loss: square, gradient: false}\nfusion: {method: log-odds}\n"))
                .containsExactly(
                        "-0x1.9faffffffeae8p-40",
                        "-0x1.b3de034971981p4",
                        "-0x1.14d4ba75b0567p5",
                        "-0x1.3481f6c9823dap5");
        assertThat(bits("learning: {learner: hedge, eta: 0.05}\nfusion: {method: log-odds}\n"))
                .containsExactly("0x0.0p0", "-0x1.46142b8597dfcp5", "-0x1.2d3913c93ef0ep7", "-0x1.cfc10dbb2a3b3p8");
    }

    private static List<String> bits(String learning) {
        WeightFold fold = new WeightFold(TestSpecs.of(SeededFeedback.MEMBERS, learning));
        SeededFeedback feedback = new SeededFeedback(2024);
        for (int i = 0; i < 10_000; i++) {
            fold.learn(feedback.next());
        }
        return Arrays.stream(fold.weights(0).fusion().parameters())
                .mapToObj(Double::toHexString)
                .toList();
    }

    private static double odds(WeightFold fold) {
        double[] logs = fold.weights(0).fusion().parameters();
        return Math.exp(logs[1] - logs[0]);
    }

    private static double[] plain(Weights weights) {
        return Arrays.stream(weights.fusion().parameters()).map(Math::exp).toArray();
    }

    private static Feedback ofKind(Feedback.Kind kind, double label, double previous) {
        Scored scored =
                new Scored(0, null, 0.5, new String[] {"a", "b"}, new double[] {0.2, 0.6}, new double[0], null, 1, 1);
        return new Feedback(kind, "e", 0, label, previous, null, NAN, scored);
    }

    private static Feedback label(double label, double propensity, double... scores) {
        return label(label, propensity, new String[] {"a", "b"}, scores);
    }

    private static Feedback label(double label, double propensity, String[] members, double... scores) {
        Scored scored = new Scored(0, null, 0.5, members, scores, new double[0], null, 1, 1);
        return new Feedback(Feedback.Kind.LABEL, "e", 0, label, NAN, null, propensity, scored);
    }
}
