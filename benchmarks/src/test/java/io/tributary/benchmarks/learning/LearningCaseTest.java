package io.tributary.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.UserError;
import io.tributary.benchmarks.process.StackProcess;
import org.junit.jupiter.api.Test;

class LearningCaseTest {

    @Test
    void requireUnlabelled_moreRoundsThanPredictionsWaitFor_saysHowManyAreAllowed() {
        LearningCase what = pending(200_000);

        assertThatCode(() -> what.requireUnlabelled(3, 50_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> what.requireUnlabelled(4, 50_000))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--repeats is 4, which with the round that warms up takes 250,000 labels")
                .hasMessageContaining("case '200,000 pending' allows for --repeats 3 at most");
    }

    @Test
    void requireUnlabelled_nonePending_neverRunsOut() {
        assertThatCode(() -> pending(0).requireUnlabelled(1_000, 50_000)).doesNotThrowAnyException();
    }

    @Test
    void check_thePlaneCountsFewerOrMore_fails() {
        assertThatCode(() -> CountedLabels.check("e", 100, 100)).doesNotThrowAnyException();
        assertThatThrownBy(() -> CountedLabels.check("e", 60, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of e has learned 60 labels of 100");
        assertThatThrownBy(() -> CountedLabels.check("e", 101, 100)).isInstanceOf(IllegalStateException.class);
    }

    private static LearningCase pending(long pending) {
        return new LearningCase("case", pending, 0, new StackProcess.Addresses("localhost:1", "http://localhost:2"));
    }
}
