package io.tributary.core.feedback;

import io.tributary.core.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a prediction until its outcome comes: what the members said, and what was emitted.
 *
 * @param eventTimeMillis when the event happened, epoch milliseconds
 * @param segment its slice of traffic; null if it has none
 * @param score the fused score that was emitted; NaN if no member answered
 * @param classScores the fused probability of each class; empty unless there are several
 * @param classes the classes' names, in the order of the numbers; empty unless there are several
 * @param members the members' names
 * @param scores each member's score, NaN where missing; with several classes a number a class, member after member
 * @param candidates what each fusion that the learner may choose would have emitted; empty if that is not known
 * @param interval the interval that was emitted; null if none was
 * @param specVersion the spec it was scored under
 * @param weightsVersion the weights it was fused with
 */
public record Scored(
        long eventTimeMillis,
        @Nullable String segment,
        double score,
        double[] classScores,
        String[] classes,
        String[] members,
        double[] scores,
        double[] candidates,
        Prediction.@Nullable Interval interval,
        int specVersion,
        long weightsVersion) {

    private static final double[] NO_SCORES = {};
    private static final String[] NO_CLASSES = {};

    /** The same for scores of one number. */
    public Scored(
            long eventTimeMillis,
            @Nullable String segment,
            double score,
            String[] members,
            double[] scores,
            double[] candidates,
            Prediction.@Nullable Interval interval,
            int specVersion,
            long weightsVersion) {
        this(
                eventTimeMillis,
                segment,
                score,
                NO_SCORES,
                NO_CLASSES,
                members,
                scores,
                candidates,
                interval,
                specVersion,
                weightsVersion);
    }

    /** The fused score's numbers into an array: the one, or one a class. */
    public void fusedInto(double[] into) {
        if (classScores.length == 0) {
            into[0] = score;
        } else {
            System.arraycopy(classScores, 0, into, 0, into.length);
        }
    }

    /** What is kept of the given prediction. */
    public static Scored of(Prediction prediction) {
        return new Scored(
                prediction.eventTimeMillis(),
                prediction.segment(),
                prediction.score(),
                prediction.classScores(),
                prediction.classes(),
                prediction.members(),
                prediction.scores(),
                prediction.candidates(),
                prediction.interval(),
                prediction.specVersion(),
                prediction.weightsVersion());
    }
}
