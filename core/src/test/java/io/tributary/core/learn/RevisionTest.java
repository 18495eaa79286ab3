package io.tributary.core.learn;

import static io.tributary.core.learn.Revisions.HEDGE;
import static io.tributary.core.learn.Revisions.LABELS;
import static io.tributary.core.learn.Revisions.MEMBERS;
import static io.tributary.core.learn.Revisions.NAN;
import static io.tributary.core.learn.Revisions.NOBODY;
import static io.tributary.core.learn.Revisions.SQUARES;
import static io.tributary.core.learn.Revisions.assertCounted;
import static io.tributary.core.learn.Revisions.assertSame;
import static io.tributary.core.learn.Revisions.instead;
import static io.tributary.core.learn.Revisions.learned;
import static io.tributary.core.learn.Revisions.other;
import static io.tributary.core.learn.Revisions.revised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrections and retractions that come after their label has taught, where they can be had exactly. */
class RevisionTest {

    private final Revisions revisions = new Revisions();

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
        List<Feedback> labels = revisions.labels(spec, NOBODY);
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
        List<Feedback> labels = revisions.labels(spec, NOBODY);
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
        List<Feedback> labels = revisions.labels(spec, NOBODY);
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
        Feedback only = revisions.labels(spec, NOBODY).get(0);
        WeightFold fold = learned(spec, List.of(only, revised(only, NAN, NAN)));

        assertSame(fold.weights(0), new WeightFold(spec).weights(0));
        assertThat(fold.unlearnable()).isZero();
    }

    @Test
    void stack_membersAsleep_areNoHindrance() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = revisions.labels(spec, i -> i % 4 != 0);
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
        List<Feedback> labels = revisions.labels(spec, NOBODY);
        assertCounted(spec, labels, revised(labels.get(0), NAN, NAN));
    }

    @Test
    void stack_labelFarAway_isCorrectedToOneThatTeaches() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = revisions.labels(spec, NOBODY);
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
        for (Feedback each : revisions.labels(spec, NOBODY)) {
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
        List<Feedback> labels = revisions.labels(spec, i -> i == 9 || i == 4);
        Feedback wrong = labels.get(10);
        List<Feedback> rightly = new ArrayList<>(labels);
        rightly.set(10, instead(wrong, 1 - wrong.label(), NAN));
        List<Feedback> wrongly = new ArrayList<>(labels);
        wrongly.add(revised(wrong, 1 - wrong.label(), NAN));

        assertSame(learned(spec, wrongly), learned(spec, rightly));
    }

    @Test
    void restore_inBetween_changesNothingAboutIt() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        List<Feedback> labels = revisions.labels(spec, i -> i == 2);
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
    void segment_thatMayHaveBeenForgotten_keepsWhatItKnows() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE.replace("eta: 0.5", "eta: 0.5, segments: {most: 1}"));
        List<Feedback> labels = revisions.labels(spec, NOBODY);
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
