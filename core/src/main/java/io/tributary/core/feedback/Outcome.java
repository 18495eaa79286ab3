package io.tributary.core.feedback;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The true label of an event, as it was reported.
 *
 * @param eventId the event it is about
 * @param label 1 for the positive class, 0 for the other; with several the class's index; or a number in the target's
 *     unit; NaN for a retraction that names none
 * @param kind how firm it is
 * @param timeMillis when it became known, epoch milliseconds
 * @param source who reported it; null if unsaid
 * @param propensity the probability that this event's outcome is observed at all, in (0, 1]; NaN if unsaid
 */
public record Outcome(
        String eventId,
        double label,
        Kind kind,
        long timeMillis,
        @Nullable String source,
        double propensity) {

    /** How firm an outcome is. */
    public enum Kind {
        /** The label, for good as far as the reporter knows. It teaches. */
        FINAL,
        /** A first guess. It teaches nothing and gives way to any other kind. */
        PROVISIONAL,
        /** Replaces the label. */
        CORRECTION,
        /** The label was wrong and nothing is known any more. */
        RETRACTION;

        /** The kind with the given name, in any case; null if there is none. */
        public static @Nullable Kind named(String name) {
            for (Kind kind : values()) {
                if (kind.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** Whether two outcomes say the same about the event, whoever says it and when. */
    boolean saysTheSameAs(Outcome other) {
        return kind == Kind.RETRACTION || other.kind == Kind.RETRACTION
                ? kind == other.kind
                : Double.compare(label, other.label) == 0;
    }

    /**
     * Above 0 if it is newer than the other, below 0 if it is older. At equal times a first word is older than a revision
     * of it, lest a late copy of the first word win.
     */
    int compareAge(Outcome other) {
        int byTime = Long.compare(timeMillis, other.timeMillis);
        return byTime != 0 ? byTime : Boolean.compare(isRevision(), other.isRevision());
    }

    private boolean isRevision() {
        return kind == Kind.CORRECTION || kind == Kind.RETRACTION;
    }
}
