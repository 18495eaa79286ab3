package io.tributary.learning;

import java.util.function.Function;
import java.util.function.Supplier;

/** What one instance of a learning plane can say about where the prediction for an event is. */
sealed interface Lookup {

    /** It is there. */
    record Found(Place place) implements Lookup {}

    /**
     * Another instance knows.
     *
     * @param instance its host and port
     */
    record Elsewhere(String instance) implements Lookup {}

    /** No instance has read such a prediction, or it was too long ago. */
    record Unknown() implements Lookup {}

    /**
     * It cannot be said at the moment, and soon can.
     *
     * @param why a clause
     */
    record NotNow(String why) implements Lookup {}

    /** Tells the cases apart. */
    default <T> T match(
            Function<Found, T> found,
            Function<Elsewhere, T> elsewhere,
            Supplier<T> unknown,
            Function<NotNow, T> notNow) {
        if (this instanceof Found it) {
            return found.apply(it);
        }
        if (this instanceof Elsewhere it) {
            return elsewhere.apply(it);
        }
        return this instanceof NotNow it ? notNow.apply(it) : unknown.get();
    }
}
