package io.tributary.learning;

import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets labels go that have been held for long enough, in the order in which they were first seen. Their time runs on the
 * wall clock, as events' does until they expire. While outcomes are behind they are held twice as long, and time in which
 * nothing was read does not count: the corrections to them may be among what is still to come.
 */
final class Settling {

    /** Keeps a look to a fraction of a second; what is left is for the next one. */
    static final int MOST_AT_ONCE = 10_000;

    private final PendingEvents events;
    private final Backlog backlog;
    private final long settleMillis;

    /** Where the last look ended: before it lie only deleted entries, over which RocksDB steps one by one. */
    private long doneToMillis;

    Settling(PendingEvents events, Backlog backlog, Duration settle) {
        this.events = events;
        this.backlog = backlog;
        this.settleMillis = settle.toMillis();
    }

    /** Takes note that a label may have been held at a time; wall clocks are set back now and then. */
    void outcomeSeen(long nowMillis) {
        doneToMillis = Math.min(doneToMillis, nowMillis);
    }

    /** Lets go what has settled by the given time. */
    void look(long nowMillis) {
        int stretch = backlog.stretch(nowMillis);
        long untilMillis = nowMillis - stretch * settleMillis;
        boolean hasReadLongEnough = stretch == 1 || backlog.readingMillis(nowMillis) >= stretch * settleMillis;
        if (untilMillis < doneToMillis || !hasReadLongEnough) {
            return;
        }
        KeyValueStore<Bytes, byte[]> settling = events.settling();
        try (KeyValueIterator<Bytes, byte[]> held =
                settling.range(Keys.timeBound(doneToMillis), Keys.timeBound(untilMillis + 1))) {
            for (int settled = 0; held.hasNext(); settled++) {
                Bytes key = held.next().key;
                if (settled == MOST_AT_ONCE) {
                    doneToMillis = Keys.millis(key);
                    return;
                }
                events.settle(Keys.eventId(key), nowMillis);
                settling.delete(key);
            }
        }
        doneToMillis = untilMillis + 1;
    }
}
