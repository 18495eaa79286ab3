package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What reaches the gather about one event: that it has come, or what the members of one slot group said of it.
 *
 * @param eventId the event's id
 * @param position the event's place on its topic, which tells apart two events of one id
 * @param specVersion the version of the spec by which the event is scored
 * @param opened the event, without its features, when this says that it has come; else null
 * @param group the index of the slot group that speaks; −1 when this says that the event has come
 * @param scores what its members said, in the group's order, NaN where missing; with several classes a number a class,
 *     member after member
 * @param missing why a member is missing, null where it answered; null if all did
 * @param latencies how long the stages of the group took, up to when it spoke; null when this says that the event has come
 */
public record Part(
        String eventId,
        long position,
        int specVersion,
        @Nullable Event opened,
        int group,
        double[] scores,
        @Nullable String @Nullable [] missing,
        Prediction.@Nullable Latencies latencies) {

    private static final double[] NO_SCORES = {};
    private static final float[] NO_FEATURES = {};

    /** An event has come. */
    static Part opened(Event event) {
        Event plain = new Event(
                event.id(),
                event.timeMillis(),
                event.segment(),
                NO_FEATURES,
                event.step(),
                event.position(),
                event.arrivedMillis(),
                null,
                event.specVersion(),
                event.trace());
        return new Part(event.id(), event.position(), event.specVersion(), plain, -1, NO_SCORES, null, null);
    }
}
