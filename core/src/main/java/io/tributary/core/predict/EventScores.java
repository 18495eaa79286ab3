package io.tributary.core.predict;

import io.tributary.core.Task;
import io.tributary.core.member.MissingReason;
import io.tributary.core.spec.EnsembleSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the members said about one event, laid out for fusion: a member whose answer cannot be used is NaN, with the reason
 * beside it. Reused from event to event; not for several threads.
 */
public final class EventScores {

    private final Task task;
    private final int width;
    private final double[] scores;
    private final @Nullable String[] missing;

    /** For the members of the given ensemble. */
    public EventScores(EnsembleSpec spec) {
        this.task = spec.task();
        this.width = spec.scoreWidth();
        int members = spec.members().size();
        this.scores = new double[members * width];
        this.missing = new String[members];
    }

    /**
     * Takes a member's answer for a row of a batch.
     *
     * @param answers what it answered to the batch, {@code width} numbers a row
     * @param failure why it has no answer at all; null if it has
     * @return why it is missing; null if it is not
     */
    public @Nullable MissingReason take(int member, double[] answers, int row, @Nullable MissingReason failure) {
        int from = row * width;
        int to = member * width;
        MissingReason reason = failure != null ? failure : MissingReason.of(task, answers, from, width);
        missing[member] = reason == null ? null : reason.label();
        if (reason == null) {
            System.arraycopy(answers, from, scores, to, width);
        } else {
            Arrays.fill(scores, to, to + width, Double.NaN);
        }
        return reason;
    }

    /** The scores as a predictor takes them. Reused. */
    public double[] scores() {
        return scores;
    }

    /** Why each member is missing; null where it answered. Reused. */
    public @Nullable String[] missing() {
        return missing;
    }
}
