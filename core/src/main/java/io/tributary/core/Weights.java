package io.tributary.core;

import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.Offsets;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the fusion at one version.
 *
 * @param ensemble whose weights they are
 * @param segment the slice of traffic they are for; null for all of it
 * @param specVersion the version of the spec under which they were learned
 * @param version how many feedback records they were learned from: it rises by one a record, so two runs over the same
 *     feedback number their weights alike. 0 before any feedback.
 * @param evidence the labels behind them, each counted with its importance
 * @param learner what the spec has for a learner, such as {@code auto}
 * @param members the members' names
 * @param classes the classes' names, in the order of a stack's biases; empty unless there are several
 * @param candidates the fusions that the learner chooses from, one or more, or none if the segment was forgotten; every event is fused by each of them, so that
 *     they can be judged by what they would have emitted. Each has its members in the order of {@code members}.
 * @param leader the index of the candidate that is emitted
 * @param calibration what follows the fusion; null for nothing
 * @param interval where the truth lies around the fused score; null where that is not told
 * @param publishedAtMillis when they were published, epoch milliseconds
 */
public record Weights(
        String ensemble,
        @Nullable String segment,
        int specVersion,
        long version,
        double evidence,
        String learner,
        String[] members,
        String[] classes,
        Candidate[] candidates,
        int leader,
        @Nullable Calibration calibration,
        @Nullable Offsets interval,
        long publishedAtMillis) {

    /**
     * One fusion that the learner may choose.
     *
     * @param name what it is called, such as {@code stack}
     * @param fusion the fusion as it stands
     */
    public record Candidate(String name, Fusion fusion) {}

    /** Word that a segment was forgotten, for newer ones: its events are fused by the weights of all traffic again. */
    public static Weights forgotten(String ensemble, String segment) {
        return new Weights(
                ensemble, segment, 0, 0, 0, "", new String[0], new String[0], new Candidate[0], 0, null, null, 0);
    }

    /** Whether they are word that the segment was forgotten. */
    public boolean isForgotten() {
        return candidates.length == 0;
    }

    /** The fusion that is emitted. */
    public Fusion fusion() {
        return candidates[leader].fusion();
    }

    /** A member's weight, in [0, 1]; its coefficient if the fusion is a stack. */
    public double weight(int member) {
        double parameter = fusion().parameters()[member];
        return fusion().method().isWeighted() ? StrictMath.exp(parameter) : parameter;
    }
}
