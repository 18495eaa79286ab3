package io.tributary.core.fusion;

/**
 * Platt scaling (Platt 1999): the probability whose log-odds are a straight line of the fused score's.
 *
 * @param slope what the log-odds are multiplied by
 * @param intercept what is added to them
 */
public record Calibration(double slope, double intercept) {

    /**
     * The calibrated probability.
     *
     * @param score a probability; NaN stays NaN
     * @param clip how far from 0 and 1 it is kept before the logarithm
     */
    public double of(double score, double clip) {
        return 1 / (1 + Exponentials.exp(-(slope * Link.LOGIT.of(score, clip) + intercept)));
    }
}
