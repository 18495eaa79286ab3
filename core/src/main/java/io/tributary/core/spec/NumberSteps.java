package io.tributary.core.spec;

/**
 * What becomes of a number before members see it, in this order: a missing one is replaced, the logarithm is taken, the
 * rest is shifted and scaled, and kept in [0, 1]. All of it in double precision.
 *
 * @param missing what stands in for a missing number, in the field's own unit; NaN to leave it missing
 * @param log whether the logarithm of 1 + value is taken. Values of −1 and less have none, and are missing from there on.
 * @param shift what is subtracted; 0 to leave the number as it is
 * @param scale what divides the rest, above 0; 1 to leave it as it is
 * @param clip whether the result is kept in [0, 1]
 */
public record NumberSteps(double missing, boolean log, double shift, double scale, boolean clip) {

    /** Leaves numbers as they are. */
    public static final NumberSteps NONE = standardised(0, 1);

    /** (value − mean) / scale, and nothing else. */
    public static NumberSteps standardised(double mean, double scale) {
        return new NumberSteps(Double.NaN, false, mean, scale, false);
    }

    /** The number as members see it; NaN where missing. */
    public float apply(double value) {
        double known = Double.isNaN(value) ? missing : value;
        double scaled = ((log ? log(known) : known) - shift) / scale;
        // Neither min nor max lets NaN go.
        return (float) (clip ? Math.max(0, Math.min(1, scaled)) : scaled);
    }

    private static double log(double value) {
        return value > -1 ? StrictMath.log1p(value) : Double.NaN;
    }
}
