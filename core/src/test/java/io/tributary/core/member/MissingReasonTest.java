package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingReasonTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, Double.MIN_VALUE, 0.5, 1})
    void of_probabilityInRange_isNone(double score) {
        assertThat(MissingReason.of(Task.BINARY, score)).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MIN_VALUE, 1.0000000000000002, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void of_probabilityOutside_isOutOfRange(double score) {
        assertThat(MissingReason.of(Task.BINARY, score)).isEqualTo(MissingReason.OUT_OF_RANGE);
    }

    @Test
    void of_nan_isNotANumber() {
        assertThat(MissingReason.of(Task.BINARY, Double.NaN)).isEqualTo(MissingReason.NOT_A_NUMBER);
    }

    @Test
    void of_numberOfARegression_mayBeAnyFiniteOne() {
        assertThat(MissingReason.of(Task.REGRESSION, -1e300)).isNull();
        assertThat(MissingReason.of(Task.QUANTILE, 17)).isNull();
        assertThat(MissingReason.of(Task.REGRESSION, Double.POSITIVE_INFINITY)).isEqualTo(MissingReason.OUT_OF_RANGE);
        assertThat(MissingReason.of(Task.REGRESSION, Double.NaN)).isEqualTo(MissingReason.NOT_A_NUMBER);
    }

    @Test
    void of_probabilitiesOfClasses_mustBeSomeAndAddUpToOne() {
        assertThat(MissingReason.of(Task.MULTICLASS, new double[] {9, 0.2, 0.3, 0.5}, 1, 3))
                .isNull();
        assertThat(MissingReason.of(Task.MULTICLASS, new double[] {0.2, 0.3, 0.5009}, 0, 3))
                .isNull();
        assertThat(MissingReason.of(Task.MULTICLASS, new double[] {0.2, 0.3, 0.6}, 0, 3))
                .isEqualTo(MissingReason.OUT_OF_RANGE);
        assertThat(MissingReason.of(Task.MULTICLASS, new double[] {1.5, -1, 0.5}, 0, 3))
                .isEqualTo(MissingReason.OUT_OF_RANGE);
        assertThat(MissingReason.of(Task.MULTICLASS, new double[] {0.2, Double.NaN, 0.8}, 0, 3))
                .isEqualTo(MissingReason.NOT_A_NUMBER);
    }

    @Test
    void ofFailure_tellsShapesFromOtherFailures() {
        assertThat(MissingReason.ofFailure(new WrongShapeException("[64, 3]", 64, 1)))
                .isEqualTo(MissingReason.WRONG_SHAPE);
        assertThat(MissingReason.ofFailure(new IllegalStateException("broken"))).isEqualTo(MissingReason.ERROR);
    }

    @Test
    void wrongShape_namesWhatCameAndWhatShouldHave() {
        assertThat(new WrongShapeException("[64, 3]", 64, 1))
                .hasMessage("the model answered with shape [64, 3] to a batch of 64, must be [64] or [64, 1]");
    }

    @Test
    void label_isWhatPredictionsCarry() {
        assertThat(MissingReason.values())
                .extracting(MissingReason::label)
                .containsExactly("error", "wrong-shape", "not-a-number", "out-of-range", "late", "put-aside");
    }
}
