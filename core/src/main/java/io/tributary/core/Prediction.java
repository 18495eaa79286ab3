package io.tributary.core;

import org.jspecify.annotations.Nullable;

/**
 * The fused output for one event, with what is needed to audit it. The arrays have one entry a member, in the order of
 * {@code members}.
 *
 * @param ensemble who predicted
 * @param eventId the event it is for
 * @param eventTimeMillis when the event happened, epoch milliseconds
 * @param processingTimeMillis when it was fused, epoch milliseconds
 * @param segment the event's slice of traffic; null where it has none
 * @param score the fused score, a probability in [0, 1]; NaN when no member answered
 * @param positive whether the score reaches the spec's threshold; false when there is no score
 * @param degraded whether any member is missing
 * @param disagreement the weighted standard deviation of the scores around the fused one; NaN when there is no score
 * @param members the members' names
 * @param scores each member's score, NaN where missing
 * @param weights the weight each score was given, renormalised over the members that answered; 0 where missing
 * @param contributions what each member adds to the fused score in the fusion's link; they sum to it; 0 where missing
 * @param missing why a member is missing; null where it answered
 * @param fusion the method that fused, such as {@code mean}
 * @param specVersion the version of the spec, which fixes the models' checksums
 * @param weightsVersion the version of the weights; 0 means none were learned yet and all members weigh the same
 */
public record Prediction(
        String ensemble,
        String eventId,
        long eventTimeMillis,
        long processingTimeMillis,
        @Nullable String segment,
        double score,
        boolean positive,
        boolean degraded,
        double disagreement,
        String[] members,
        double[] scores,
        double[] weights,
        double[] contributions,
        @Nullable String[] missing,
        String fusion,
        int specVersion,
        long weightsVersion) {}
