package io.tributary.core.prepare;

import io.tributary.core.Event;
import io.tributary.core.spec.FeaturePlan;
import java.util.HashMap;
import java.util.Map;

/** The histories of all keys, in memory, for whoever sees all events in order. */
public final class Histories {

    private final Sequences sequences;
    private final Map<String, History> byKey = new HashMap<>();

    /** Nothing is known of any key. */
    public Histories(FeaturePlan plan) {
        this.sequences = new Sequences(plan);
    }

    /** Completes the next event's row; nothing remains to be done where there are no sequences or the event has no key. */
    public void enter(Event event) {
        if (event.key() != null && !sequences.isEmpty()) {
            byKey.put(event.key(), sequences.enter(event, byKey.get(event.key())));
        }
    }
}
