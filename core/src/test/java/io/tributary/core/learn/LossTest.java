package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Task;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {

    @Test
    void of_knownValues() {
        assertThat(Loss.LOG.of(0.25, 1)).isCloseTo(Math.log(4), within(1e-15));
        assertThat(Loss.LOG.of(0.25, 0)).isCloseTo(-Math.log(0.75), within(1e-15));
        assertThat(Loss.SQUARE.of(0.25, 1)).isEqualTo(0.5625);
        assertThat(Loss.ABSOLUTE.of(0.25, 1)).isEqualTo(0.75);
        assertThat(Loss.ABSOLUTE.slope(0.5, 0.5)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "brier", "square", "absolute", "pinball"})
    void slope_isTheDerivative(String name) {
        Loss loss = Loss.named(name, 0.3);
        double h = 1e-6;
        for (double score : new double[] {0.01, 0.3, 0.5, 0.9}) {
            for (double label : new double[] {0, 1}) {
                double numeric = (loss.of(score + h, label) - loss.of(score - h, label)) / (2 * h);
                assertThat(loss.slope(score, label)).isCloseTo(numeric, within(1e-5 * (1 + Math.abs(numeric))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_beginWithTheOneThatIsUsedUnlessAnotherIsAskedFor(Task task) {
        assertThat(Loss.names(task).get(0))
                .isEqualTo(Map.of(
                                Task.BINARY, "log",
                                Task.MULTICLASS, "log",
                                Task.REGRESSION, "square",
                                Task.QUANTILE, "pinball")
                        .get(task));
    }

    @Test
    void percentage_isAShareOfTheLabelWhichMustBeAboveZero() {
        assertThat(Loss.PERCENTAGE.of(90, 120)).isEqualTo(0.25);
        assertThat(Loss.PERCENTAGE.slope(90, 120)).isEqualTo(-1.0 / 120);
        assertThat(Loss.PERCENTAGE.accepts(0)).isFalse();
        assertThat(Loss.PERCENTAGE.accepts(1e-9)).isTrue();
        assertThat(Loss.SQUARE.accepts(-3)).isTrue();
        assertThat(Loss.SQUARE.accepts(Double.NaN)).isFalse();
    }

    @Test
    void pinball_isLeastAtTheQuantile() {
        Loss loss = Loss.pinball(0.9);
        double[] sums = new double[101];
        for (int label = 1; label <= 100; label++) {
            for (int score = 0; score <= 100; score++) {
                sums[score] += loss.of(score, label);
            }
        }
        int best = 0;
        for (int score = 1; score <= 100; score++) {
            best = sums[score] < sums[best] - 1e-9 ? score : best;
        }
        assertThat(best).isBetween(90, 91);
    }

    @Test
    void named_roundTripOrRefused() {
        for (Task task : Task.values()) {
            for (String name : Loss.names(task)) {
                assertThat(Loss.named(name, 0.5).label()).isEqualTo(name);
            }
        }
        assertThatThrownBy(() -> Loss.named("hinge", 0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
