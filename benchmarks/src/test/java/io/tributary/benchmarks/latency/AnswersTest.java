package io.tributary.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final long SINCE = 1_000;

    private final Times appended = new Times(4, SINCE);
    private final Answers answers = new Answers(appended, 1, SINCE);

    @Test
    void waitMillis_countsFromTheAppendOfTheSameEvent_andLeavesTheWarmUpOut() {
        for (int number = 0; number < 4; number++) {
            appended.put(number, SINCE + number);
        }
        answers.take(2, SINCE + 9);
        answers.take(0, SINCE + 500);
        answers.take(3, SINCE + 4);
        answers.take(1, SINCE + 4);

        assertThat(answers.waitMillis().getTotalCount()).isEqualTo(3);
        assertThat(answers.waitMillis().getMinValue()).isEqualTo(1);
        assertThat(answers.waitMillis().getMaxValue()).isEqualTo(7);
    }

    @Test
    void waitMillis_sinceAnotherMoment_countsFromThere() {
        for (int number = 0; number < 4; number++) {
            appended.put(number, SINCE + 5);
            answers.take(number, SINCE + 10);
        }

        assertThat(answers.waitMillis().getMaxValue()).isEqualTo(5);
        assertThat(answers.waitMillis(number -> SINCE + number).getMaxValue()).isEqualTo(9);
        assertThat(answers.waitMillis(number -> SINCE + number).getMinValue()).isEqualTo(7);
    }

    @Test
    void take_ofTheSameEventAgain_countsTheFirst() {
        appended.put(1, SINCE);
        answers.take(1, SINCE + 3);

        assertThat(answers.take(1, SINCE + 90)).isFalse();
        assertThat(answers.repeated()).isEqualTo(1);
    }

    @Test
    void waitMillis_anEventWasNotAnswered_saysWhich() {
        appended.put(1, SINCE);

        assertThatThrownBy(answers::waitMillis)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("event 1 of 4 was lost");
    }
}
