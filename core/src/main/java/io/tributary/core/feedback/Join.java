package io.tributary.core.feedback;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How outcomes meet predictions, for one event at a time. Either may come first; a copy of either changes nothing; a
 * correction replaces a label and a retraction withdraws it, before the label has been fed back without a trace, and
 * afterwards through a feedback of its own kind. Every function is pure.
 *
 * <p>Labels may be held for a while, so that they settle: from an event's first outcome that is not provisional until
 * {@link #onSettled}, nothing about the event is fed back, and then what holds by that time is. What comes later is fed
 * back at once.
 */
public final class Join {

    /** In place of a time: no label is held. */
    public static final long NOT_HELD = Long.MIN_VALUE;

    private Join() {}

    /**
     * All that is kept of one event.
     *
     * @param scored what is kept of its prediction; null until that comes
     * @param outcome the outcome that holds now; null until one comes
     * @param fedBack the label that learning knows; NaN if it knows none
     * @param fedBackPropensity the propensity that came with that label; NaN if it was unsaid, or learning knows none
     * @param heldSinceMillis when the first outcome of those that settle was seen, on the clock of whoever joins, epoch
     *     milliseconds; {@link #NOT_HELD} if none does
     */
    public record State(
            @Nullable Scored scored,
            @Nullable Outcome outcome,
            double fedBack,
            double fedBackPropensity,
            long heldSinceMillis) {

        /** An event of which nothing is known. */
        public static final State EMPTY = new State(null, null, Double.NaN, Double.NaN, NOT_HELD);

        /** Whether what is known of the label is being held. */
        public boolean isHeld() {
            return heldSinceMillis != NOT_HELD;
        }

        private State with(Outcome newer, long heldSince) {
            return new State(scored, newer, fedBack, fedBackPropensity, heldSince);
        }
    }

    /** What became of an input. */
    public enum Verdict {
        /**
         * It is kept, and learning need not be told: it waits for the other side, is held or provisional, or affirms what
         * is known.
         */
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
        return feedBack(
                eventId,
                new State(
                        scored, state.outcome(), state.fedBack(), state.fedBackPropensity(), state.heldSinceMillis()));
    }

    /** An outcome has come, and labels teach at once. */
    public static Step onOutcome(State state, Outcome outcome) {
        return onOutcome(state, outcome, Duration.ZERO, 0);
    }

    /**
     * An outcome has come.
     *
     * @param settle how long labels are held; zero if they teach at once
     * @param nowMillis the time, on the clock that {@link #onSettled} is called by; it plays no role if they teach at once
     */
    public static Step onOutcome(State state, Outcome outcome, Duration settle, long nowMillis) {
        Outcome known = state.outcome();
        if (known != null) {
            boolean firmer = known.kind() == Outcome.Kind.PROVISIONAL && outcome.kind() != Outcome.Kind.PROVISIONAL;
            boolean softer = known.kind() != Outcome.Kind.PROVISIONAL && outcome.kind() == Outcome.Kind.PROVISIONAL;
            int newer = outcome.compareAge(known);
            boolean same = !firmer && !softer && known.saysTheSameAs(outcome);
            if (same && newer > 0) {
                // What lies between the two in time and comes later must not win over this one.
                return new Step(state.with(outcome, state.heldSinceMillis()), null, Verdict.STORED);
            }
            if (same) {
                return new Step(state, null, Verdict.DUPLICATE);
            }
            if (softer || (!firmer && newer < 0)) {
                return new Step(state, null, Verdict.SUPERSEDED);
            }
        }
        boolean first = (known == null || known.kind() == Outcome.Kind.PROVISIONAL)
                && outcome.kind() != Outcome.Kind.PROVISIONAL;
        long heldSince = first && !settle.isZero() ? nowMillis : state.heldSinceMillis();
        return feedBack(outcome.eventId(), state.with(outcome, heldSince));
    }

    /** The time to settle is over: what holds now is fed back, now or once the prediction comes. */
    public static Step onSettled(String eventId, State state) {
        return feedBack(
                eventId,
                new State(state.scored(), state.outcome(), state.fedBack(), state.fedBackPropensity(), NOT_HELD));
    }

    /** Tells learning what it does not know yet, if both sides are there and nothing is held. */
    private static Step feedBack(String eventId, State state) {
        Outcome outcome = state.outcome();
        Scored scored = state.scored();
        if (outcome == null || scored == null || outcome.kind() == Outcome.Kind.PROVISIONAL || state.isHeld()) {
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
                state.fedBackPropensity(),
                scored);
        double propensity = Double.isNaN(label) ? Double.NaN : outcome.propensity();
        return new Step(new State(scored, outcome, label, propensity, NOT_HELD), feedback, Verdict.JOINED);
    }
}
