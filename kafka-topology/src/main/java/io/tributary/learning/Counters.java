package io.tributary.learning;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What a node counts. */
final class Counters {

    static final String TOTAL = "-total";

    private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

    /** Counters that the given sensor tells. */
    Counters(NodeSensor sensor) {
        this(sensor, EnumSet.allOf(Counter.class));
    }

    /** Some of them; others are not counted. */
    Counters(NodeSensor sensor, Set<Counter> some) {
        for (Counter counter : some) {
            LongAdder count = new LongAdder();
            counts.put(counter, count);
            sensor.tell(counter.label() + TOTAL, count::sum);
        }
    }

    void add(Counter counter) {
        LongAdder count = counts.get(counter);
        if (count != null) {
            count.increment();
        }
    }
}
