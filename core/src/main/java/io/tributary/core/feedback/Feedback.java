package io.tributary.core.feedback;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outcome joined to the prediction it is about: the only input of learning and measuring.
 *
 * @param kind whether the label is new, or changes or withdraws one that was fed back before
 * @param eventId the event
 * @param outcomeTimeMillis when the label became known, epoch milliseconds
 * @param label the label: 0 or 1, a class's index, or a number in the target's unit; NaN for a retraction
 * @param previousLabel the label that was fed back before; NaN if none was
 * @param source who reported it; null if unsaid
 * @param propensity the probability that the outcome is observed, in (0, 1]; NaN if unsaid
 * @param previousPropensity the propensity that the label before was fed back with; NaN if it was unsaid, or none was
 * @param scored what the members said and what was emitted
 */
public record Feedback(
        Kind kind,
        String eventId,
        long outcomeTimeMillis,
        double label,
        double previousLabel,
        @Nullable String source,
        double propensity,
        double previousPropensity,
        Scored scored) {

    /** The same without a propensity of the label before. */
    public Feedback(
            Kind kind,
            String eventId,
            long outcomeTimeMillis,
            double label,
            double previousLabel,
            @Nullable String source,
            double propensity,
            Scored scored) {
        this(kind, eventId, outcomeTimeMillis, label, previousLabel, source, propensity, Double.NaN, scored);
    }

    /** What a feedback does. */
    public enum Kind {
        /** A first label for its event. */
        LABEL,
        /** Another label than the one fed back before. */
        CORRECTION,
        /** The label fed back before does not hold. */
        RETRACTION
    }

    /**
     * Fills in the scores of the given members, in their order; NaN for one that did not answer or did not exist.
     *
     * @param into one number a member, or one a class and member
     */
    public void scoresInto(List<String> members, double[] into) {
        String[] own = scored.members();
        int classes = into.length / members.size();
        for (int k = 0; k < members.size(); k++) {
            // Nearly always the same members in the same order.
            int at = k < own.length && own[k].equals(members.get(k))
                    ? k
                    : Arrays.asList(own).indexOf(members.get(k));
            for (int c = 0; c < classes; c++) {
                into[k * classes + c] = at < 0 ? Double.NaN : scored.scores()[at * classes + c];
            }
        }
    }
}
