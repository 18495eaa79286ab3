package io.tributary.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmsTest {

    private static final int UNITS = 2;

    @Test
    void log_ofAnyPositiveNumber_isWithinTwoUnitsOfStrictMath() {
        SplittableRandom random = new SplittableRandom(7);
        DoubleStream.iterate(0, i -> i < 400_000, i -> i + 1)
                .map(i -> number((int) i, random))
                .forEach(x -> {
                    double expected = StrictMath.log(x);
                    assertThat(Logarithms.log(x))
                            .as("log of %s", x)
                            .isCloseTo(expected, within(UNITS * Math.ulp(expected)));
                });
    }

    /** Any bits at all, probabilities, those close to 0, and numbers near 1. */
    private static double number(int i, SplittableRandom random) {
        double near = (random.nextDouble() - 0.5) * Math.scalb(1, -random.nextInt(60));
        return switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong(Double.doubleToLongBits(Double.MAX_VALUE)));
            case 1 -> random.nextDouble();
            case 2 -> 1 + near;
            default -> Math.abs(near);
        };
    }

    /** Where the table begins and ends, and where it meets 1. */
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.6875,
                1.375,
                0.99609375,
                1.00390625,
                0.5,
                2,
                1e-6,
                0.999999,
                Double.MAX_VALUE,
                Double.MIN_NORMAL
            })
    void log_ofNumbersWhereItsPartsMeet_isWithinTwoUnitsOfStrictMath(double x) {
        for (double each : new double[] {Math.nextDown(x), x, Math.nextUp(x)}) {
            double expected = StrictMath.log(each);
            assertThat(Logarithms.log(each))
                    .as("log of %s", each)
                    .satisfies(
                            log -> assertThat(log == expected || Math.abs(log - expected) <= UNITS * Math.ulp(expected))
                                    .isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 1
            })
    void log_ofSpecialNumbers_isThatOfStrictMath(double x) {
        assertThat(Double.compare(Logarithms.log(x), StrictMath.log(x))).isZero();
    }
}
