package io.tributary.dashboard.live;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The newest few of many, and whether they have changed. They may come in any order.
 *
 * @param <T> what they are; two that compare as equal are the same
 */
final class Newest<T> implements Iterable<T> {

    private final int most;
    private final TreeSet<T> kept;
    private boolean changed;

    /**
     * None yet.
     *
     * @param most how many are kept
     * @param age what is newer is larger
     */
    Newest(int most, Comparator<T> age) {
        this.most = most;
        this.kept = new TreeSet<>(age);
    }

    void add(T each) {
        if (kept.size() == most && kept.comparator().compare(each, kept.first()) < 0) {
            return;
        }
        changed |= kept.add(each);
        if (kept.size() > most) {
            kept.pollFirst();
        }
    }

    /** Forgets those before the given one. */
    void forgetBefore(T oldest) {
        NavigableSet<T> old = kept.headSet(oldest, false);
        changed |= !old.isEmpty();
        old.clear();
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** The newest first. */
    @Override
    public Iterator<T> iterator() {
        return kept.descendingIterator();
    }
}
