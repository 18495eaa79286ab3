package io.tributary.core.fusion;

/**
 * Where the truth lies around a fused score.
 *
 * @param lower the lower end less the score, in the target's unit
 * @param upper the upper end less the score
 * @param level the probability with which the truth lies in between, in (0, 1)
 */
public record Offsets(double lower, double upper, double level) {}
