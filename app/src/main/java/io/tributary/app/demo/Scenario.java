package io.tributary.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A simulated world with an example ensemble for it: what {@code demo} plays and {@code generate} writes. */
public interface Scenario {

    /** All of them, the default first. */
    List<Scenario> ALL = List.of(new CardFraudScenario(), new RoadTrafficScenario());

    /** What it is called on the command line, and its folder among the examples. */
    String name();

    /** What happens in it, for people, such as {@code card payments}. */
    String events();

    /** How late its labels are and what changes in it, for people. */
    String story();

    /** What changes at the drift, for people, such as {@code habits changed}. */
    String change();

    /** How much later than its event a label is known. */
    Duration labelDelay();

    /**
     * What happens in one such world.
     *
     * @param seed decides everything that is random
     * @param events how many events it gives
     * @param driftAt when it changes for good, as a fraction of the stream; absent if it never does
     * @throws IllegalArgumentException if one of them is out of range
     */
    Stream stream(long seed, int events, OptionalDouble driftAt);

    /** What happens in a world: it can be looked at several times and is always the same. */
    interface Stream {

        /** The events in the order of their times. */
        Iterator<Simulated> events();

        /** When the world changes, epoch milliseconds; {@link Long#MAX_VALUE} if it never does. */
        long changeMillis();

        /**
         * Writes the events with their labels as comma-separated values, compressed if the name ends in {@code .gz}.
         *
         * @param written told how many have been written so far, after each
         * @return how many were written
         */
        long writeCsv(Path file, LongConsumer written) throws IOException;
    }

    /**
     * One event.
     *
     * @param fields what its record holds, by the fields of the example's schema: texts and numbers; null where unknown
     * @param label the truth; NaN if it never becomes known
     */
    record Simulated(String id, long timeMillis, Map<String, @Nullable Object> fields, double label) {}

    /** The scenario of a name; null if there is none. */
    static @Nullable Scenario named(String name) {
        for (Scenario each : ALL) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
