package io.tributary.learning;

import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.OutcomeSpec;
import java.time.Duration;

/**
 * Drops events whose time is up. Their age runs on the wall clock, from when their first side was seen, so that replayed
 * event times play no role. While outcomes are behind they get twice their time. A label that is still held is never
 * dropped: its event stays until it has settled.
 */
final class Expiry {

    /** How often to look. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Keeps a look to a fraction of a second; what is left is for the next one. */
    static final int MOST_AT_ONCE = 10_000;

    private final PendingEvents events;
    private final PredictionIndex index;
    private final Counters counters;
    private final Backlog backlog;
    private final long maxDelayMillis;
    private final long settleMillis;

    /** Where the last look ended: before it lie only deleted entries, over which RocksDB steps one by one. */
    private long doneToMillis;

    Expiry(PendingEvents events, PredictionIndex index, Counters counters, Backlog backlog, OutcomeSpec outcomes) {
        this.events = events;
        this.index = index;
        this.counters = counters;
        this.backlog = backlog;
        this.maxDelayMillis = outcomes.maxDelay().toMillis();
        this.settleMillis = outcomes.settle().toMillis();
    }

    /** Drops what was first seen too long before the given time, a second more or less. */
    void look(long nowMillis) {
        long untilMillis = ExpiryLog.second(nowMillis - backlog.stretch(nowMillis) * maxDelayMillis);
        if (untilMillis > doneToMillis) {
            doneToMillis = events.expiry().drain(doneToMillis, untilMillis, MOST_AT_ONCE, id -> drop(id, nowMillis));
        }
    }

    private void drop(String eventId, long nowMillis) {
        PendingEvent event = events.get(eventId);
        if (event == null) {
            return;
        }
        if (event.state().isHeld()) {
            long heldSinceMillis = event.state().heldSinceMillis();
            if (nowMillis - heldSinceMillis < settleMillis) {
                events.expireAsOf(heldSinceMillis, eventId);
                return;
            }
            events.settling().delete(Keys.timed(heldSinceMillis, eventId));
            events.settle(eventId, nowMillis);
        }
        count(event.state());
        if (event.place() != null) {
            index.add(eventId, event.place(), nowMillis);
        }
        events.delete(eventId);
    }

    private void count(Join.State state) {
        Outcome outcome = state.outcome();
        if (state.scored() == null) {
            counters.add(Counter.EXPIRED_UNPREDICTED);
        } else if (outcome == null || outcome.kind() == Outcome.Kind.PROVISIONAL) {
            counters.add(Counter.EXPIRED_UNLABELLED);
        }
    }
}
