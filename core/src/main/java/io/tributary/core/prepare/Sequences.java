package io.tributary.core.prepare;

import io.tributary.core.Event;
import io.tributary.core.spec.FeaturePlan;
import io.tributary.core.spec.FeatureSpec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of a key's former events into the row of its next one: a fold over the events of each key, in the order
 * in which they come, whatever their times. An event that comes twice counts twice.
 */
public final class Sequences {

    private final FeatureSpec.Sequence[] sequences;
    private final int[] at;
    private final int kept;
    private final int plan;

    /** The sequences of a plan; it may have none. */
    public Sequences(FeaturePlan plan) {
        this.sequences = plan.sequences().toArray(FeatureSpec.Sequence[]::new);
        this.at = new int[sequences.length];
        int column = 0;
        int found = 0;
        int values = 0;
        int hash = 1;
        for (FeatureSpec feature : plan.features()) {
            if (feature instanceof FeatureSpec.Sequence sequence) {
                at[found++] = column;
                values += sequence.last() - 1;
                hash = 31 * hash + hash(sequence);
            }
            column += feature.width();
        }
        this.kept = values;
        this.plan = hash;
    }

    /** The same on every JVM, and another for values that mean something else. */
    private static int hash(FeatureSpec.Sequence of) {
        return Objects.hash(
                of.key(),
                of.field(),
                of.last(),
                of.steps().missing(),
                of.steps().log(),
                of.steps().shift(),
                of.steps().scale(),
                of.steps().clip());
    }

    /** Whether there are none, so that events are ready as they are. */
    public boolean isEmpty() {
        return sequences.length == 0;
    }

    /** After how long without an event, by event time, a key's sequences begin anew; null for never. */
    public @Nullable Duration forget() {
        return isEmpty() ? null : sequences[0].forget();
    }

    /**
     * Completes an event's row. Only for events that have a key: the sequences of others hold their own values alone, as
     * they were decoded.
     *
     * @param history what is kept of the event's key, of which the values are then written over; null for a new key. One
     *     that was kept for other sequences, or is too old, counts as none.
     * @return what is to be kept from now on
     */
    public History enter(Event event, @Nullable History history) {
        History before = history == null || isOver(history, event) ? null : history;
        float[] values = before == null ? new float[kept] : before.values();
        float[] row = event.features();
        int from = 0;
        for (int i = 0; i < sequences.length; i++) {
            int earlier = sequences[i].last() - 1;
            if (before == null) {
                sequences[i].begin(row, at[i]);
            } else {
                System.arraycopy(values, from, row, at[i], earlier);
            }
            System.arraycopy(row, at[i] + 1, values, from, earlier);
            from += earlier;
        }
        long time = event.timeMillis();
        return new History(plan, before == null ? time : Math.max(before.lastMillis(), time), values);
    }

    private boolean isOver(History history, Event event) {
        Duration forget = forget();
        return history.plan() != plan
                || forget != null && event.timeMillis() - history.lastMillis() > forget.toMillis();
    }
}
