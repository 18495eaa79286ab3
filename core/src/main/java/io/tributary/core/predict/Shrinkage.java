package io.tributary.core.predict;

import io.tributary.core.fusion.Fusion;

/**
 * Lets what was learned from little give way to what was learned from much: the share of a segment's own parameters is
 * n/(n + κ), n its evidence and κ the evidence at which both count the same (the estimator of Bühlmann 1967).
 */
final class Shrinkage {

    private Shrinkage() {}

    /** Mixes a segment's own fusion with the global one of the same method. */
    static Fusion mix(Fusion own, Fusion global, double share) {
        double[] parameters = new double[own.parameters().length];
        double[] bias = new double[own.bias().length];
        for (int k = 0; k < parameters.length; k++) {
            double first = own.parameters()[k];
            double second = global.parameters()[k];
            parameters[k] = own.method().isWeighted()
                    ? StrictMath.log(share * StrictMath.exp(first) + (1 - share) * StrictMath.exp(second))
                    : share * first + (1 - share) * second;
        }
        for (int c = 0; c < bias.length; c++) {
            bias[c] = share * own.bias()[c] + (1 - share) * global.bias()[c];
        }
        return new Fusion(own.method(), parameters, bias);
    }
}
