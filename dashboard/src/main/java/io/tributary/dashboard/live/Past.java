package io.tributary.dashboard.live;

import java.util.Iterator;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One value a second for the last hour, and since when it has changed. What is older than an hour before the newest is
 * forgotten. Seconds may come in any order.
 *
 * @param <V> what is kept of a second
 */
final class Past<V> {

    /** How long anything is kept. */
    static final long SECONDS = 3600;

    private static final long CLEAN = Long.MAX_VALUE;

    private final TreeMap<Long, V> bySecond = new TreeMap<>();
    private long changedFrom = CLEAN;

    /** The value of a second, made if there is none, which counts as changed; null if the second is too long ago. */
    @Nullable
    V at(long second, Supplier<V> empty) {
        if (!bySecond.isEmpty() && second <= bySecond.lastKey() - SECONDS) {
            return null;
        }
        V value = bySecond.get(second);
        if (value == null) {
            value = empty.get();
            bySecond.put(second, value);
            bySecond.headMap(bySecond.lastKey() - SECONDS, true).clear();
        }
        changedFrom = Math.min(changedFrom, second);
        return value;
    }

    /** Puts a value in place of that of a second. */
    void put(long second, V value) {
        if (at(second, () -> value) != null) {
            bySecond.put(second, value);
        }
    }

    /** Forgets what is older than an hour before the given second, but for the newest if it is to be kept. */
    void forget(long second, boolean keepNewest) {
        Iterator<Long> old = bySecond.headMap(second - SECONDS, true).keySet().iterator();
        while (old.hasNext()) {
            old.next();
            if (!keepNewest || bySecond.size() > 1) {
                old.remove();
            }
        }
    }

    /** From a second on, in order of time. */
    NavigableMap<Long, V> from(long second) {
        return bySecond.tailMap(second, true);
    }

    /** All of it, in order of time. */
    NavigableMap<Long, V> all() {
        return bySecond;
    }

    boolean isEmpty() {
        return bySecond.isEmpty();
    }

    /** The first second that has changed since this was asked last; null if none has. */
    @Nullable
    Long takeChangedFrom() {
        long from = changedFrom;
        changedFrom = CLEAN;
        return from == CLEAN ? null : from;
    }

    /** The length of the steps in which it is shown, in seconds, so that there are not too many of them. */
    long step() {
        long span = isEmpty() ? 0 : bySecond.lastKey() - bySecond.firstKey();
        return span <= 600 ? 1 : span <= 1800 ? 3 : 6;
    }
}
