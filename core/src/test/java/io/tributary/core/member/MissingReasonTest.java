package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingReasonTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, Double.MIN_VALUE, 0.5, 1})
    void ofProbability_inRange_isNone(double score) {
        assertThat(MissingReason.ofProbability(score)).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, 1.0000000000000002, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void ofProbability_outside_isOutOfRange(double score) {
        assertThat(MissingReason.ofProbability(score)).isEqualTo(MissingReason.OUT_OF_RANGE);
    }

    @Test
    void ofProbability_nan_isNotANumber() {
        assertThat(MissingReason.ofProbability(Double.NaN)).isEqualTo(MissingReason.NOT_A_NUMBER);
    }

    @Test
    void ofFailure_tellsShapesFromOtherFailures() {
        assertThat(MissingReason.ofFailure(new WrongShapeException("[64, 3]", 64)))
                .isEqualTo(MissingReason.WRONG_SHAPE);
        assertThat(MissingReason.ofFailure(new IllegalStateException("broken"))).isEqualTo(MissingReason.ERROR);
    }

    @Test
    void wrongShape_namesWhatCameAndWhatShouldHave() {
        assertThat(new WrongShapeException("[64, 3]", 64))
                .hasMessage("the model answered with shape [64, 3] to a batch of 64, must be [64] or [64, 1]");
    }

    @Test
    void label_isWhatPredictionsCarry() {
        assertThat(MissingReason.values())
                .extracting(MissingReason::label)
                .containsExactly("error", "wrong-shape", "not-a-number", "out-of-range");
    }
}
