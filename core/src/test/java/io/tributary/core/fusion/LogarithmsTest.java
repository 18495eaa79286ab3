package io.tributary.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LogarithmsTest {

    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MIN_VALUE,
        0x1p-29,
        0x1p-54,
        0x1p53,
        0.41422,
        -0.2929,
        0x1p-1022
    };

    @Test
    void logarithms_ofAnyNumber_areThoseOfStrictMathToTheBit() {
        SplittableRandom random = new SplittableRandom(7);
        DoubleStream.concat(
                        DoubleStream.of(SPECIAL),
                        DoubleStream.iterate(0, i -> i < 400_000, i -> i + 1).map(i -> number((int) i, random)))
                .forEach(LogarithmsTest::assertSame);
    }

    /** Any bits at all, probabilities, and numbers near 1 and near 0 of either sign. */
    private static double number(int i, SplittableRandom random) {
        double near = (random.nextDouble() - 0.5) * Math.scalb(1, -random.nextInt(60));
        return switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble();
            case 2 -> 1 + near;
            default -> near;
        };
    }

    private static void assertSame(double x) {
        assertThat(bits(Logarithms.log(x))).as("log of %s", x).isEqualTo(bits(StrictMath.log(x)));
        assertThat(bits(Logarithms.log1p(x))).as("log1p of %s", x).isEqualTo(bits(StrictMath.log1p(x)));
    }

    private static long bits(double x) {
        return Double.doubleToLongBits(x);
    }
}
