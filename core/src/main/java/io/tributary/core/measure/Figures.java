package io.tributary.core.measure;

/**
 * How good one scorer was over some labelled events. Every figure but the counts is NaN when nothing was scored; the
 * ranking figures are NaN, too, when only one class was seen.
 *
 * @param scorer a member's name, {@code fused} for the score that was emitted, or {@code uniform} for equal weights
 * @param count how many labelled events it scored
 * @param answered the share of all labelled events that it scored, in [0, 1]
 * @param logLoss mean −ln of the probability given to what happened
 * @param brier mean squared difference between score and label
 * @param averagePrecision area under the precision-recall curve, as a sum over recall steps
 * @param auc area under the receiver operating curve
 */
public record Figures(
        String scorer,
        long count,
        double answered,
        double logLoss,
        double brier,
        double averagePrecision,
        double auc) {}
