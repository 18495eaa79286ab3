package io.tributary.core.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackTest {

    private final Feedback feedback = new Feedback(
            Feedback.Kind.LABEL,
            "e",
            10,
            1,
            Double.NaN,
            null,
            Double.NaN,
            new Scored(
                    5,
                    null,
                    0.4,
                    new String[] {"a", "b", "c"},
                    new double[] {0.1, Double.NaN, 0.3},
                    new double[0],
                    null,
                    1,
                    2));

    @Test
    void scoresInto_sameMembers_areThoseScores() {
        double[] scores = new double[3];
        feedback.scoresInto(List.of("a", "b", "c"), scores);
        assertThat(scores).containsExactly(0.1, Double.NaN, 0.3);
    }

    @Test
    void scoresInto_otherMembers_areFoundByName() {
        double[] scores = {9, 9, 9, 9};
        feedback.scoresInto(List.of("c", "new", "b", "a"), scores);
        assertThat(scores).containsExactly(0.3, Double.NaN, Double.NaN, 0.1);
    }

    @Test
    void scoresInto_fewerMembers_leavesOutTheOthers() {
        double[] scores = new double[1];
        feedback.scoresInto(List.of("c"), scores);
        assertThat(scores).containsExactly(0.3);
    }

    @Test
    void kindNamed_anyCase_orNull() {
        assertThat(Outcome.Kind.named("final")).isEqualTo(Outcome.Kind.FINAL);
        assertThat(Outcome.Kind.named("Retraction")).isEqualTo(Outcome.Kind.RETRACTION);
        assertThat(Outcome.Kind.named("PROVISIONAL")).isEqualTo(Outcome.Kind.PROVISIONAL);
        assertThat(Outcome.Kind.named("settled")).isNull();
        assertThat(Outcome.Kind.named("")).isNull();
    }
}
