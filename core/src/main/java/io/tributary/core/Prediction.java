package io.tributary.core;

import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Link;
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
 * @param degraded whether any member is missing that has a part in the fusion
 * @param withheld why there is no score; null if there is one
 * @param disagreement the weighted standard deviation of the scores around the fused one; NaN when there is no score
 * @param interval where the truth lies with a stated probability; null if that is not told
 * @param members the members' names
 * @param scores each member's score, NaN where missing; with several classes a number a class, member after member
 * @param weights the weight each score was given, renormalised over the members that answered; 0 where missing and
 *     for a shadow
 * @param contributions what each member adds to the fused score before calibration, in the fusion's link: they, and for a
 *     stack its bias, sum to it; for votes, median and trimmed mean how much the score would fall without the member; 0
 *     where missing; laid out as the scores are
 * @param missing why a member is missing; null where it answered
 * @param checksums the SHA-256 of each member's model file, of rules that of their text, 32 bytes; empty where unknown
 * @param recipe what made the fused score of the scores and weights
 * @param candidates what each fusion that the learner may choose made of the scores, before calibration, in the order of
 *     the weights; NaN when no member answered
 * @param specVersion the version of the spec, which fixes the models' checksums
 * @param weightsVersion the version of the weights; 0 means none were learned yet and all members weigh the same
 * @param latencies how long the stages took; null where that was not measured
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
        byte[][] checksums,
        Recipe recipe,
        double[] candidates,
        int specVersion,
        long weightsVersion,
        @Nullable Latencies latencies) {

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

    /**
     * What it takes, beside the members' scores and weights, to fuse them again to the same bits. The same for all
     * predictions of a segment between two versions of the weights, and shared by them.
     *
     * @param method how scores were fused, such as {@code mean}
     * @param link the scale on which contributions add up; null where what follows is unknown, for the prediction was
     *     written before it was recorded
     * @param bias what was added in the link: one number, or one a class; empty if nothing was
     * @param clip how far probabilities are kept from 0 and 1 before a logarithm
     * @param trim the share of the weight that a trimmed mean leaves out at either end; 0 for other methods
     * @param calibration what followed the fusion; null for nothing
     * @param threshold from where on a score counts as positive; NaN unless the task is binary
     * @param segmentShare how much the segment's own weights count in the mixture with those of all traffic, 0 to 1; 0
     *     where it has none
     * @param segmentVersion the version of the segment's own weights; −1 where it has none
     * @param shadows the names of members whose scores had no part in the fusion
     */
    public record Recipe(
            String method,
            @Nullable Link link,
            double[] bias,
            double clip,
            double trim,
            @Nullable Calibration calibration,
            double threshold,
            double segmentShare,
            long segmentVersion,
            String[] shadows) {

        private static final double[] NO_BIAS = {};
        private static final String[] NONE = {};

        /** Of a prediction that does not say more than the method. */
        public static Recipe unknown(String method) {
            return new Recipe(method, null, NO_BIAS, Double.NaN, 0, null, Double.NaN, 0, -1, NONE);
        }

        /**
         * The score that is emitted for a fused one.
         *
         * @param fused one number, or one a class, of which the largest counts
         */
        public double emitted(double[] fused) {
            double score = fused[0];
            for (double each : fused) {
                score = Math.max(score, each);
            }
            return calibration == null ? score : calibration.of(score, clip);
        }

        /** Whether an emitted score counts as positive; null where that is not asked, and where there is no score. */
        public @Nullable Boolean positive(double score) {
            return Double.isNaN(threshold) || Double.isNaN(score) ? null : score >= threshold;
        }
    }

    /**
     * How long an event spent where. The stages follow one another: their sum is the time from arrival to prediction.
     *
     * @param waitMicros from arrival until its batch was handed to the members, in microseconds, known to the millisecond
     * @param membersMicros from there until its batch went on: when those asked had answered or its deadline had come, and
     *     the batches before it had gone
     * @param fuseMicros from there until its scores were to be fused
     * @param tookMicros how long each member computed on the batch; −1 where it did not answer in time. Shared by the
     *     predictions of a batch.
     */
    public record Latencies(long waitMicros, long membersMicros, long fuseMicros, long[] tookMicros) {

        /** From arrival to prediction. */
        public long totalMicros() {
            return waitMicros + membersMicros + fuseMicros;
        }
    }
}
