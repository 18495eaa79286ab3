package io.tributary.core.fusion;

/**
 * One fusion: the method and its parameters.
 *
 * @param method what is done with the scores
 * @param parameters one a member: the natural logarithm of its weight, up to a constant, or for a stack its coefficient,
 *     which may be negative
 * @param bias what a stack adds on the scale of its link: one number, or one a class; all 0 for the other methods
 */
public record Fusion(FusionMethod method, double[] parameters, double[] bias) {

    /** The given method with equal weights; for a stack the mean on the scale of its link. */
    public static Fusion equal(FusionMethod method, int members, int classes) {
        double[] parameters = new double[members];
        java.util.Arrays.fill(parameters, method.isWeighted() ? -StrictMath.log(members) : 1.0 / members);
        return new Fusion(method, parameters, new double[classes]);
    }
}
