package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrections and retractions that come after their label has taught. */
class RevisionTest {

    private static final double NAN = Double.NaN;
    private static final List<String> MEMBERS = List.of("a", "b", "c");
    private static final String HEDGE = "learning: {learner: hedge, gradient: false, eta: 0.5}\n";
    private static final String SQUARES =
            "task: regression\nfusion: {method: stack}\nlearning: {learner: stack, prior: 1}\n";
    private static final int LABELS = 60;
    private static final IntPredicate NOBODY = i -> false;

    private final Random random = new Random(31);

    /** Seeded labels; at the given places one member is asleep. The one at i was scored with what i before it taught. */
    private List<Feedback> labels(EnsembleSpec spec, IntPredicate asleep) {
        boolean isBinary = spec.plan().task().isClasses();
        List<Feedback> labels = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            double[] scores = new double[MEMBERS.size()];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = isBinary ? 0.05 + 0.9 * random.nextDouble() : 2 * random.nextGaussian();
            }
            double label = isBinary ? random.nextInt(2) : scores[0] - 0.3 * scores[1] + random.nextGaussian();
            if (asleep.test(i)) {
                scores[i % scores.length] = NAN;
            }
            double propensity = i % 3 == 0 ? NAN : 0.25 + 0.5 * random.nextDouble();
            labels.add(label(label, propensity, scores, i));
        }
        return labels;
    }

    private static Feedback label(double label, double propensity, double[] scores, long weightsVersion) {
        Scored scored =
                new Scored(0, "s", 0.5, MEMBERS.toArray(new String[0]), scores, new double[0], null, 1, weightsVersion);
        return new Feedback(Feedback.Kind.LABEL, "e", 0, label, NAN, null, propensity, scored);
    }

    /** What is fed back when a label turns out to be another one, or none. */
    private static Feedback revised(Feedback label, double after, double propensity) {
        return new Feedback(
                Double.isNaN(after) ? Feedback.Kind.RETRACTION : Feedback.Kind.CORRECTION,
                label.eventId(),
                0,
                after,
                label.label(),
                null,
                propensity,
                label.propensity(),
                label.scored());
    }

    private static Feedback instead(Feedback label, double after, double propensity) {
        return label(after, propensity, label.scored().scores(), label.scored().weightsVersion());
    }

    private static WeightFold learned(EnsembleSpec spec, List<Feedback> feedback) {
        WeightFold fold = new WeightFold(spec);
        feedback.forEach(fold::learn);
        return fold;
    }

    private static void assertSame(WeightFold fold, WeightFold expected) {
        assertSame(fold.weights(0), expected.weights(0));
        assertSame(
                fold.segmentWeights(0, 0).get(0), expected.segmentWeights(0, 0).get(0));
    }

    private static void assertSame(Weights weights, Weights expected) {
        assertThat(weights.fusion().parameters())
                .containsExactly(expected.fusion().parameters(), within(1e-12));
        assertThat(weights.fusion().bias()).containsExactly(expected.fusion().bias(), within(1e-12));
        assertThat(weights.evidence()).isCloseTo(expected.evidence(), within(1e-12));
    }

    private static double other(EnsembleSpec spec, double label) {
        return spec.plan().task().isClasses() ? 1 - label : label - 1.7;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEDGE,
                "learning: {learner: hedge, gradient: false, loss: square}\nfusion: {method: log-odds}\n",
                "learning: {learner: hedge, loss: absolute}\nfusion: {method: median}\n",
                SQUARES
            })
    void correction_leadsToWhatTheRightLabelWouldHaveTaught(String learning) {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, learning);
        List<Feedback> labels = labels(spec, NOBODY);
        for (int at : new int[] {0, 7, LABELS - 2}) {
            for (double propensity : new double[] {labels.get(at).propensity(), NAN, 0.5}) {
                Feedback wrong = labels.get(at);
                double right = other(spec, wrong.label());
                List<Feedback> rightly = new ArrayList<>(labels);
                rightly.set(at, instead(wrong, right, propensity));
                List<Feedback> wrongly = new ArrayList<>(labels);
                wrongly.add(LABELS - 1, revised(wrong, right, propensity));

                WeightFold fold = learned(spec, wrongly);
                assertSame(fold, learned(spec, rightly));
                assertThat(fold.unlearnable()).isZero();
                assertThat(fold.version()).isEqualTo(LABELS + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HEDGE, SQUARES})
    void retraction_leadsToWhatTheOtherLabelsTaught(String learning) {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, learning);
        List<Feedback> labels = labels(spec, NOBODY);
        for (int at : new int[] {1, 20, LABELS - 2}) {
            List<Feedback> without = new ArrayList<>(labels);
            without.remove(at);
            List<Feedback> wrongly = new ArrayList<>(labels);
            wrongly.add(LABELS - 1, revised(labels.get(at), NAN, NAN));

            WeightFold fold = learned(spec, wrongly);
            assertSame(fold, learned(spec, without));
            assertThat(fold.unlearnable()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HEDGE, SQUARES})
    void manyRevisions_inAnyOrder_leadToWhatHolds(String learning) {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, learning);
        List<Feedback> labels = labels(spec, NOBODY);
        Feedback first = labels.get(3);
        Feedback second = labels.get(9);
        List<Feedback> wrongly = new ArrayList<>(labels);
        wrongly.add(revised(second, NAN, NAN));
        wrongly.add(revised(first, other(spec, first.label()), 0.5));
        wrongly.add(revised(instead(first, other(spec, first.label()), 0.5), first.label(), NAN));
        wrongly.add(instead(second, other(spec, second.label()), NAN));
        List<Feedback> rightly = new ArrayList<>(labels);
        rightly.set(3, instead(first, first.label(), NAN));
        rightly.remove(9);
        rightly.add(instead(second, other(spec, second.label()), NAN));

        assertSame(learned(spec, wrongly), learned(spec, rightly));
    }

    @Test
    void retraction_ofTheOnlyLabel_leadsBackToTheStart() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        Feedback only = labels(spec, NOBODY).get(0);
        WeightFold fold = learned(spec, List.of(only, revised(only, NAN, NAN)));

        assertSame(fold.weights(0), new WeightFold(spec).weights(0));
        assertThat(fold.unlearnable()).isZero();
    }

    @Test
    void stack_membersAsleep_areNoHindrance() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = labels(spec, i -> i % 4 != 0);
        Feedback wrong = labels.get(9);
        List<Feedback> rightly = new ArrayList<>(labels);
        rightly.set(9, instead(wrong, 0.5, NAN));
        List<Feedback> wrongly = new ArrayList<>(labels);
        wrongly.add(revised(wrong, 0.5, NAN));

        assertSame(learned(spec, wrongly), learned(spec, rightly));
    }

    @Test
    void stack_retractionOfTheLabelThatSetTheScale_isCountedAndChangesNothing() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = labels(spec, NOBODY);
        assertCounted(spec, labels, revised(labels.get(0), NAN, NAN));
    }

    @Test
    void stack_labelFarAway_isCorrectedToOneThatTeaches() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = labels(spec, NOBODY);
        Feedback right = labels.get(9);
        Feedback far = instead(right, 1e12, right.propensity());
        List<Feedback> wrongly = new ArrayList<>(labels);
        wrongly.set(9, far);
        wrongly.add(revised(far, right.label(), right.propensity()));
        assertSame(learned(spec, wrongly), learned(spec, labels));

        WeightFold fold = learned(spec, wrongly);
        fold.learn(revised(right, 1e12, NAN));
        List<Feedback> without = new ArrayList<>(labels);
        without.remove(9);
        assertThat(fold.weights(0).fusion().parameters())
                .containsExactly(learned(spec, without).weights(0).fusion().parameters(), within(1e-12));

        // So far that it hangs on the fused score of the time whether it taught.
        double[] first = labels.get(0).scored().scores();
        double scale = (Math.abs(first[0]) + Math.abs(first[1]) + Math.abs(first[2])) / 3;
        assertCounted(spec, labels, revised(right, 1e6 * scale, NAN));
    }

    @Test
    void hedge_labelThatTheLossIsNotDefinedFor_isAsNone() {
        EnsembleSpec spec = TestSpecs.of(
                MEMBERS,
                "task: regression\nfusion: {method: mean}\n"
                        + "learning: {learner: hedge, gradient: false, loss: percentage, eta: 0.01}\n");
        List<Feedback> labels = new ArrayList<>();
        for (Feedback each : labels(spec, NOBODY)) {
            labels.add(instead(each, 1 + Math.abs(each.label()), each.propensity()));
        }
        Feedback right = labels.get(9);
        List<Feedback> without = new ArrayList<>(labels);
        without.remove(9);
        WeightFold fold = learned(spec, labels);
        fold.learn(revised(right, -1, NAN));
        assertSame(fold, learned(spec, without));
        fold.learn(revised(instead(right, -1, NAN), right.label(), right.propensity()));
        assertSame(fold, learned(spec, labels));
        assertThat(fold.unlearnable()).isZero();
        fold.learn(revised(instead(right, -1, NAN), -2, NAN));
        assertThat(fold.unlearnable()).isEqualTo(1);
    }

    @Test
    void hedge_memberAsleepBeforeTheEventWasScored_isNoHindrance() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        List<Feedback> labels = labels(spec, i -> i == 9 || i == 4);
        Feedback wrong = labels.get(10);
        List<Feedback> rightly = new ArrayList<>(labels);
        rightly.set(10, instead(wrong, 1 - wrong.label(), NAN));
        List<Feedback> wrongly = new ArrayList<>(labels);
        wrongly.add(revised(wrong, 1 - wrong.label(), NAN));

        assertSame(learned(spec, wrongly), learned(spec, rightly));
    }

    @Test
    void hedge_memberAsleepSince_isCountedAndChangesNothing() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        for (int asleep : new int[] {10, 11, LABELS - 1}) {
            List<Feedback> labels = labels(spec, i -> i == asleep);
            Feedback wrong = labels.get(10);
            assertCounted(spec, labels, revised(wrong, 1 - wrong.label(), NAN));
            assertCounted(spec, labels, revised(wrong, NAN, NAN));
        }
    }

    @Test
    void hedge_aMembersFirstLabel_isCountedAndChangesNothing() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        // c answers for the first time at 9, so what it starts with hangs on that label.
        List<Feedback> labels = labels(spec, NOBODY);
        for (int i = 0; i < 9; i++) {
            labels.get(i).scored().scores()[2] = NAN;
        }
        assertCounted(spec, labels, revised(labels.get(9), 1 - labels.get(9).label(), NAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto",
                "boa",
                "ml-poly",
                "ml-prod",
                "ml-ewa",
                "fixed-share",
                "ogd",
                "adahedged",
                "accuracy",
                "stack",
                "hedge, gradient: true",
                "hedge, loss: square"
            })
    void learnersThatCannotTakeALessonBack_countIt(String learner) {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, "learning: {learner: " + learner + "}\n");
        List<Feedback> labels = labels(spec, NOBODY);
        Feedback wrong = labels.get(5);
        assertCounted(spec, labels, revised(wrong, 1 - wrong.label(), NAN));
        assertCounted(spec, labels, revised(wrong, NAN, NAN));
    }

    @Test
    void stackThatForgets_countsIt() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES.replace("prior: 1", "prior: 1, window: 1000"));
        List<Feedback> labels = labels(spec, NOBODY);
        assertCounted(spec, labels, revised(labels.get(5), 0.5, NAN));
    }

    private static void assertCounted(EnsembleSpec spec, List<Feedback> labels, Feedback revision) {
        WeightFold fold = learned(spec, labels);
        Weights before = fold.weights(0);
        fold.learn(revision);

        Weights after = fold.weights(0);
        assertThat(fold.unlearnable()).isEqualTo(1);
        assertThat(fold.version()).isEqualTo(LABELS + 1);
        assertThat(after.evidence()).isEqualTo(before.evidence());
        assertThat(after.candidates()).usingRecursiveComparison().isEqualTo(before.candidates());
        assertThat(fold.segmentWeights(LABELS, 0)).isEmpty();
    }

    @Test
    void restore_inBetween_changesNothingAboutIt() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        List<Feedback> labels = labels(spec, i -> i == 2);
        Feedback revision = revised(labels.get(10), 1 - labels.get(10).label(), NAN);
        WeightFold whole = learned(spec, labels);
        WeightFold second = new WeightFold(spec);
        second.restore(whole.snapshot());
        whole.learn(revision);
        second.learn(revision);

        assertThat(second.unlearnable()).isZero();
        assertThat(second.snapshot()).isEqualTo(whole.snapshot());
    }

    @Test
    void label_fromBeforeAMemberCame_isCounted() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = labels(spec, NOBODY);
        WeightFold fold = new WeightFold(TestSpecs.of(List.of("a", "b", "c", "d"), SQUARES));
        fold.restore(learned(spec, labels).snapshot());
        fold.learn(revised(labels.get(5), 0.5, NAN));

        assertThat(fold.unlearnable()).isEqualTo(1);
    }

    @Test
    void segment_thatMayHaveBeenForgotten_keepsWhatItKnows() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE.replace("eta: 0.5", "eta: 0.5, segments: {most: 1}"));
        List<Feedback> labels = labels(spec, NOBODY);
        WeightFold fold = learned(spec, labels);
        Scored scored = labels.get(7).scored();
        Feedback elsewhere = new Feedback(
                Feedback.Kind.LABEL,
                "e",
                0,
                1,
                NAN,
                null,
                NAN,
                new Scored(0, "t", 0.5, scored.members(), scored.scores(), new double[0], null, 1, LABELS));
        fold.learn(elsewhere);
        fold.learn(labels.get(20));
        double[] before = fold.segmentWeights(0, 0).get(0).fusion().parameters();
        double[] global = fold.weights(0).fusion().parameters();
        fold.learn(revised(labels.get(7), 1 - labels.get(7).label(), NAN));

        assertThat(fold.segmentWeights(0, 0).get(0).fusion().parameters()).containsExactly(before);
        assertThat(fold.weights(0).fusion().parameters()).isNotEqualTo(global);
        assertThat(fold.unlearnable()).isZero();
        assertThat(fold.segmentsGone(0)).containsExactly("t");
    }
}
