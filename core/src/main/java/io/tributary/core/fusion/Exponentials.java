package io.tributary.core.fusion;

/**
 * The exponential function in Java alone, for the same reasons as {@link Logarithms}. After P. T. P. Tang, Table-Driven
 * Implementation of the Exponential Function in IEEE Floating-Point Arithmetic (1989): the number is (32k + j)·ln 2 / 32 + r,
 * where 2<sup>j/32</sup> is in a table, and r so small that six terms of its series do.
 */
final class Exponentials {

    private static final int STEPS = 32;
    private static final double STEPS_OVER_LN2 = 0x1.71547652b82fep5;

    /** ln 2 / 32 in two parts, of which the first times any number of steps is exact. */
    private static final double STEP = 0x1.62e42fefap-6;

    private static final double STEP_REST = 0x1.cf79abc9e3b39803f2f6af40fp-45;

    /** Beyond them the result overflows, or has fewer digits than others. */
    private static final double LEAST = -708;

    private static final double MOST = 709;

    private static final int MANTISSA_BITS = 52;
    private static final double[] POWER = new double[STEPS];

    static {
        for (int j = 0; j < STEPS; j++) {
            POWER[j] = StrictMath.pow(2, (double) j / STEPS);
        }
    }

    private Exponentials() {}

    /** Within 2 units in the last place of e to the given power. */
    static double exp(double power) {
        if (!(power >= LEAST && power <= MOST)) {
            return StrictMath.exp(power);
        }
        double nearest = Math.rint(power * STEPS_OVER_LN2);
        int steps = (int) nearest;
        double r = power - nearest * STEP - nearest * STEP_REST;
        double rest = 1.0 / 120 + r * (1.0 / 720);
        rest = 1.0 / 24 + r * rest;
        rest = 1.0 / 6 + r * rest;
        rest = 1.0 / 2 + r * rest;
        rest = r + r * r * rest;
        double of = POWER[steps & STEPS - 1];
        double mantissa = of + of * rest;
        int k = Math.floorDiv(steps, STEPS);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(mantissa) + ((long) k << MANTISSA_BITS));
    }
}
