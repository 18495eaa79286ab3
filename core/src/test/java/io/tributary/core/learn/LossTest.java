package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    @EnumSource
    void slope_isTheDerivative(Loss loss) {
        double h = 1e-6;
        for (double score : new double[] {0.01, 0.3, 0.5, 0.9}) {
            for (double label : new double[] {0, 1}) {
                double numeric = (loss.of(score + h, label) - loss.of(score - h, label)) / (2 * h);
                assertThat(loss.slope(score, label)).isCloseTo(numeric, within(1e-5 * (1 + Math.abs(numeric))));
            }
        }
    }

    @Test
    void named_roundTripOrRefused() {
        for (String name : Loss.names()) {
            assertThat(Loss.named(name).name()).isEqualToIgnoringCase(name);
        }
        assertThat(Loss.names()).containsExactly("log", "square", "absolute");
        assertThatThrownBy(() -> Loss.named("hinge")).isInstanceOf(IllegalArgumentException.class);
    }
}
