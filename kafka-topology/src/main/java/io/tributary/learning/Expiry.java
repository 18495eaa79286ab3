package io.tributary.learning;

import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.schemas.PendingEvent;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Drops events whose time is up. Their age runs on the wall clock, from when their first side was seen, so that replayed
 * event times play no role.
 *
 * <p>After an outage the outcomes that waited in the topic are still to come while the events they belong to are old. So
 * events get twice their time until no outcome has been behind for a while, where behind means that a record's
 * timestamp is old. Twice and not for ever, because some producers stamp records with times of long ago.
 */
final class Expiry {

    /** How often to look. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How old an outcome's record must be to count as behind, and how long that is remembered. */
    static final Duration BEHIND = Duration.ofMinutes(1);

    /** Keeps a look to a fraction of a second; what is left is for the next one. */
    static final int MOST_AT_ONCE = 10_000;

    private final PendingEvents events;
    private final Counters counters;
    private final long maxDelayMillis;

    /** Where the last look ended: before it lie only deleted entries, over which RocksDB steps one by one. */
    private long doneToMillis;

    private long behindUntilMillis;

    /** Begins as if outcomes were behind: nothing is known of them yet. */
    Expiry(PendingEvents events, Counters counters, Duration maxDelay, long nowMillis) {
        this.events = events;
        this.counters = counters;
        this.maxDelayMillis = maxDelay.toMillis();
        this.behindUntilMillis = nowMillis + BEHIND.toMillis();
    }

    /** Takes note of an outcome's record. */
    void outcomeSeen(long recordTimestampMillis, long nowMillis) {
        if (recordTimestampMillis < nowMillis - BEHIND.toMillis()) {
            behindUntilMillis = nowMillis + BEHIND.toMillis();
        }
    }

    /** Drops what was first seen too long before the given time. */
    void look(long nowMillis) {
        long untilMillis = nowMillis - (nowMillis < behindUntilMillis ? 2 : 1) * maxDelayMillis;
        if (untilMillis <= doneToMillis) {
            return;
        }
        KeyValueStore<Bytes, byte[]> expiry = events.expiry();
        try (KeyValueIterator<Bytes, byte[]> old =
                expiry.range(Keys.expiryBound(doneToMillis), Keys.expiryBound(untilMillis))) {
            for (int dropped = 0; old.hasNext(); dropped++) {
                Bytes key = old.next().key;
                if (dropped == MOST_AT_ONCE) {
                    doneToMillis = Keys.firstSeenMillis(key);
                    return;
                }
                drop(Keys.eventId(key));
                expiry.delete(key);
            }
        }
        doneToMillis = untilMillis;
    }

    private void drop(String eventId) {
        PendingEvent event = events.get(eventId);
        if (event == null) {
            return;
        }
        Join.State state = event.state();
        Outcome outcome = state.outcome();
        if (state.scored() == null) {
            counters.add(Counter.EXPIRED_UNPREDICTED);
        } else if (outcome == null || outcome.kind() == Outcome.Kind.PROVISIONAL) {
            counters.add(Counter.EXPIRED_UNLABELLED);
        }
        events.delete(eventId);
    }
}
