package io.tributary.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialsTest {

    private static final int UNITS = 2;

    private static void assertClose(double power) {
        double expected = StrictMath.exp(power);
        assertThat(Exponentials.exp(power))
                .as("exp of %s", power)
                .isCloseTo(expected, within(UNITS * Math.ulp(expected)));
    }

    @Test
    void exp_ofAnyPowerWithAResult_isWithinTwoUnitsOfStrictMath() {
        SplittableRandom random = new SplittableRandom(7);
        DoubleStream.iterate(0, i -> i < 400_000, i -> i + 1)
                .map(i -> power((int) i, random))
                .forEach(ExponentialsTest::assertClose);
    }

    /** From where results have all their digits to where they overflow, log-odds, and numbers near 0. */
    private static double power(int i, SplittableRandom random) {
        double any = random.nextDouble() - 0.5;
        return switch (i % 3) {
            case 0 -> 1417 * any + 0.5;
            case 1 -> 60 * any;
            default -> any * Math.scalb(1, -random.nextInt(60));
        };
    }

    /** Halfway between two steps, at a step, and where the function leaves it to StrictMath. */
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0x1.62e42fefa39efp-7,
                -0x1.62e42fefa39efp-7,
                0x1.62e42fefa39efp-6,
                -0x1.62e42fefa39efp-6,
                0x1.62e42fefa39efp-1,
                1,
                -708,
                709
            })
    void exp_ofPowersWhereItsPartsMeet_isWithinTwoUnitsOfStrictMath(double power) {
        assertClose(Math.nextDown(power));
        assertClose(power);
        assertClose(Math.nextUp(power));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 710, -746, -740, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void exp_ofSpecialPowers_isThatOfStrictMath(double power) {
        assertThat(Double.compare(Exponentials.exp(power), StrictMath.exp(power)))
                .isZero();
    }
}
