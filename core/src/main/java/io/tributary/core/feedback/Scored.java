package io.tributary.core.feedback;

import io.tributary.core.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a prediction until its outcome comes: what the members said, and what was emitted.
 *
 * @param eventTimeMillis when the event happened, epoch milliseconds
 * @param segment its slice of traffic; null if it has none
 * @param score the fused score that was emitted; NaN if no member answered
 * @param members the members' names
 * @param scores each member's score, NaN where missing
 * @param specVersion the spec it was scored under
 * @param weightsVersion the weights it was fused with
 */
public record Scored(
        long eventTimeMillis,
        @Nullable String segment,
        double score,
        String[] members,
        double[] scores,
        int specVersion,
        long weightsVersion) {

    /** What is kept of the given prediction. */
    public static Scored of(Prediction prediction) {
        return new Scored(
                prediction.eventTimeMillis(),
                prediction.segment(),
                prediction.score(),
                prediction.members(),
                prediction.scores(),
                prediction.specVersion(),
                prediction.weightsVersion());
    }
}
