package io.tributary.core.fusion;

/**
 * The natural logarithm in Java alone, the same bits on every machine and in every JVM. {@link StrictMath} promises that,
 * too, and is a call out of the JVM until Java 21, which fusing would pay for once a member, class and event. After P. T.
 * P. Tang, Table-Driven Implementation of the Logarithm Function in IEEE Floating-Point Arithmetic (1990): the number is
 * 2<sup>k</sup>·c·(1 + r), where c is a multiple of 1/128 whose logarithm is in a table, and r so small that seven terms of
 * its series do.
 */
final class Logarithms {

    private static final int STEPS = 128;
    private static final double LEAST = 0.6875;
    private static final double MOST = 2 * LEAST;

    private static final long LEAST_BITS = Double.doubleToRawLongBits(LEAST);
    private static final int MANTISSA_BITS = 52;

    /** ln 2 in two parts, of which the first times any exponent is exact. */
    private static final double LN2 = 0x1.62e42fefa38p-1;

    private static final double LN2_REST = 0x1.ef35793c7673p-45;

    private static final double[] INVERSE = new double[(int) (MOST * STEPS) + 1];
    private static final double[] LOGARITHM = new double[INVERSE.length];

    static {
        for (int i = (int) (LEAST * STEPS); i < INVERSE.length; i++) {
            INVERSE[i] = (double) STEPS / i;
            LOGARITHM[i] = StrictMath.log((double) i / STEPS);
        }
    }

    private Logarithms() {}

    /** Within 2 units in the last place of the logarithm; NaN of negative numbers, −∞ of 0. */
    static double log(double value) {
        if (!(value >= Double.MIN_NORMAL && value <= Double.MAX_VALUE)) {
            return StrictMath.log(value);
        }
        long bits = Double.doubleToRawLongBits(value);
        long k = bits - LEAST_BITS >> MANTISSA_BITS;
        double z = Double.longBitsToDouble(bits - (k << MANTISSA_BITS));
        int i = (int) (z * STEPS + 0.5);
        double r = (z - (double) i / STEPS) * INVERSE[i];
        double rest = -1.0 / 6 + r * (1.0 / 7);
        rest = 1.0 / 5 + r * rest;
        rest = -1.0 / 4 + r * rest;
        rest = 1.0 / 3 + r * rest;
        rest = r * r * (-1.0 / 2 + r * rest);
        return k * LN2 + (LOGARITHM[i] + (r + (rest + k * LN2_REST)));
    }
}
