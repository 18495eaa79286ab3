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
 * @param score the fused score, after calibration: a probability in [0, 1] for classes, else a number in the target's
 *     unit; NaN when no member answered
 * @param classScores the fused probability of each class, of which {@code score} is the largest; empty unless there are
 *     several
 * @param classes the classes' names; empty unless there are several
 * @param positive whether the score reaches the spec's threshold; null when there is no score, and for tasks that are
 *     not binary
 * @param degraded whether any member is missing
 * @param withheld why there is no score; null if there is one
 * @param disagreement the weighted standard deviation of the scores around the fused one; NaN when there is no score
 * @param interval where the truth lies with a stated probability; null if that is not told
 * @param members the members' names
 * @param scores each member's score, NaN where missing; with several classes a number a class, member after member
 * @param weights the weight each score was given, renormalised over the members that answered; 0 where missing
 * @param contributions what each member adds to the fused score before calibration, in the fusion's link: they, and for a
 *     stack its bias, sum to it; for votes, median and trimmed mean how much the score would fall without the member; 0
 *     where missing; laid out as the scores are
 * @param missing why a member is missing; null where it answered
 * @param fusion the method that fused, such as {@code mean}
 * @param candidates what each fusion that the learner may choose made of the scores, before calibration, in the order of
 *     the weights; NaN when no member answered
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
        double[] classScores,
        String[] classes,
        @Nullable Boolean positive,
        boolean degraded,
        @Nullable String withheld,
        double disagreement,
        @Nullable Interval interval,
        String[] members,
        double[] scores,
        double[] weights,
        double[] contributions,
        @Nullable String[] missing,
        String fusion,
        double[] candidates,
        int specVersion,
        long weightsVersion) {

    /**
     * The class that is likeliest, the first of several that are equally so.
     *
     * @return its index; −1 when no member answered, and unless there are several classes
     */
    public int likeliest() {
        return classScores.length == 0 || Double.isNaN(score)
                ? -1
                : Labels.likeliest(classScores, 0, classScores.length);
    }

    /**
     * A range in the target's unit.
     *
     * @param lower its lower end
     * @param upper its upper end
     * @param level the probability with which it holds the truth, in (0, 1)
     */
    public record Interval(double lower, double upper, double level) {}
}
