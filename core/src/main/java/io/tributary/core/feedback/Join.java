package io.tributary.core.feedback;

import org.jspecify.annotations.Nullable;

/**
 * How outcomes meet predictions, for one event at a time. Either may come first; a copy of either changes nothing; a
 * correction replaces a label and a retraction withdraws it, before the label has been fed back without a trace, and
 * afterwards through a feedback of its own kind. Every function is pure.
 */
public final class Join {

    private Join() {}

    /**
     * All that is kept of one event.
     *
     * @param scored what is kept of its prediction; null until that comes
     * @param outcome the outcome that holds now; null until one comes
     * @param fedBack the label that learning knows; NaN if it knows none
     */
    public record State(@Nullable Scored scored, @Nullable Outcome outcome, double fedBack) {
        /** An event of which nothing is known. */
        public static final State EMPTY = new State(null, null, Double.NaN);
    }

    /** What became of an input. */
    public enum Verdict {
        /** It is kept, and learning need not be told: it waits for the other side, is provisional, or affirms what is known. */
        STORED,
        /** It led to feedback. */
        JOINED,
        /** It says what is known already and changes nothing. */
        DUPLICATE,
        /** It gave way to something firmer or newer. */
        SUPERSEDED
    }

    /**
     * What follows from an input.
     *
     * @param state what to keep from now on
     * @param feedback what learning is told; null if nothing
     * @param verdict what became of the input
     */
    public record Step(State state, @Nullable Feedback feedback, Verdict verdict) {}

    /** A prediction has come. Only the first of an event counts. */
    public static Step onPrediction(String eventId, State state, Scored scored) {
        if (state.scored() != null) {
            return new Step(state, null, Verdict.DUPLICATE);
        }
        return feedBack(eventId, new State(scored, state.outcome(), state.fedBack()));
    }

    /** An outcome has come. */
    public static Step onOutcome(State state, Outcome outcome) {
        Outcome known = state.outcome();
        if (known != null) {
            boolean firmer = known.kind() == Outcome.Kind.PROVISIONAL && outcome.kind() != Outcome.Kind.PROVISIONAL;
            boolean softer = known.kind() != Outcome.Kind.PROVISIONAL && outcome.kind() == Outcome.Kind.PROVISIONAL;
            int newer = outcome.compareAge(known);
            boolean same = !firmer && !softer && known.saysTheSameAs(outcome);
            if (same && newer > 0) {
                // What lies between the two in time and comes later must not win over this one.
                return new Step(new State(state.scored(), outcome, state.fedBack()), null, Verdict.STORED);
            }
            if (same) {
                return new Step(state, null, Verdict.DUPLICATE);
            }
            if (softer || (!firmer && newer < 0)) {
                return new Step(state, null, Verdict.SUPERSEDED);
            }
        }
        return feedBack(outcome.eventId(), new State(state.scored(), outcome, state.fedBack()));
    }

    /** Tells learning what it does not know yet, if both sides are there. */
    private static Step feedBack(String eventId, State state) {
        Outcome outcome = state.outcome();
        Scored scored = state.scored();
        if (outcome == null || scored == null || outcome.kind() == Outcome.Kind.PROVISIONAL) {
            return new Step(state, null, Verdict.STORED);
        }
        double label = outcome.kind() == Outcome.Kind.RETRACTION ? Double.NaN : outcome.label();
        if (Double.compare(label, state.fedBack()) == 0) {
            return new Step(state, null, Verdict.STORED);
        }
        Feedback feedback = new Feedback(
                Double.isNaN(label)
                        ? Feedback.Kind.RETRACTION
                        : Double.isNaN(state.fedBack()) ? Feedback.Kind.LABEL : Feedback.Kind.CORRECTION,
                eventId,
                outcome.timeMillis(),
                label,
                state.fedBack(),
                outcome.source(),
                outcome.propensity(),
                scored);
        return new Step(new State(scored, outcome, label), feedback, Verdict.JOINED);
    }
}
