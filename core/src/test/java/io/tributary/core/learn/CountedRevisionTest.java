package io.tributary.core.learn;

import static io.tributary.core.learn.Revisions.HEDGE;
import static io.tributary.core.learn.Revisions.LABELS;
import static io.tributary.core.learn.Revisions.MEMBERS;
import static io.tributary.core.learn.Revisions.NAN;
import static io.tributary.core.learn.Revisions.NOBODY;
import static io.tributary.core.learn.Revisions.SQUARES;
import static io.tributary.core.learn.Revisions.assertCounted;
import static io.tributary.core.learn.Revisions.learned;
import static io.tributary.core.learn.Revisions.revised;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrections and retractions that no learner can have exactly: they are counted and change nothing. */
class CountedRevisionTest {

    private final Revisions revisions = new Revisions();

    @Test
    void hedge_memberAsleepSince_isCountedAndChangesNothing() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        for (int asleep : new int[] {10, 11, LABELS - 1}) {
            List<Feedback> labels = revisions.labels(spec, i -> i == asleep);
            Feedback wrong = labels.get(10);
            assertCounted(spec, labels, revised(wrong, 1 - wrong.label(), NAN));
            assertCounted(spec, labels, revised(wrong, NAN, NAN));
        }
    }

    @Test
    void hedge_aMembersFirstLabel_isCountedAndChangesNothing() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, HEDGE);
        // c answers for the first time at 9, so what it starts with hangs on that label.
        List<Feedback> labels = revisions.labels(spec, NOBODY);
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
        List<Feedback> labels = revisions.labels(spec, NOBODY);
        Feedback wrong = labels.get(5);
        assertCounted(spec, labels, revised(wrong, 1 - wrong.label(), NAN));
        assertCounted(spec, labels, revised(wrong, NAN, NAN));
    }

    @Test
    void stackThatForgets_countsIt() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES.replace("prior: 1", "prior: 1, window: 1000"));
        List<Feedback> labels = revisions.labels(spec, NOBODY);
        assertCounted(spec, labels, revised(labels.get(5), 0.5, NAN));
    }

    @Test
    void label_fromBeforeAMemberCame_isCounted() {
        EnsembleSpec spec = TestSpecs.of(MEMBERS, SQUARES);
        List<Feedback> labels = revisions.labels(spec, NOBODY);
        WeightFold fold = new WeightFold(TestSpecs.of(List.of("a", "b", "c", "d"), SQUARES));
        fold.restore(learned(spec, labels).snapshot());
        fold.learn(revised(labels.get(5), 0.5, NAN));

        assertThat(fold.unlearnable()).isEqualTo(1);
    }
}
