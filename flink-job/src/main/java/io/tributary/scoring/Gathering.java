package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.member.MissingReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has been gathered of one event.
 *
 * @param event the event, without its features; null while only answers have come
 * @param specVersion the version of the spec by which it is scored
 * @param scores as a predictor takes them; NaN where missing, and where nobody has answered yet
 * @param missing why a member is missing; null where it answered
 * @param tookMicros how long each member computed on its batch; −1 where it has not answered
 * @param waitMicros the longest that a group that has answered let the event wait, from its arrival until its batch was
 *     handed to the members
 * @param answeredMicros the longest that a group that has answered took from the event's arrival until it spoke
 * @param answered how many slot groups have answered
 * @param hasLeft whether its prediction has left, and only late answers are still to come
 */
public record Gathering(
        @Nullable Event event,
        int specVersion,
        double[] scores,
        @Nullable String[] missing,
        long[] tookMicros,
        long waitMicros,
        long answeredMicros,
        int answered,
        boolean hasLeft) {

    private static final long NOT_YET = -1;
    private static final long MICROS_A_MILLI = 1000;

    /** Of an event of which nothing is known. */
    static Gathering nothing(int specVersion, int members, int width) {
        double[] scores = new double[members * width];
        Arrays.fill(scores, Double.NaN);
        @Nullable String[] missing = new String[members];
        Arrays.fill(missing, MissingReason.LATE.label());
        long[] tookMicros = new long[members];
        Arrays.fill(tookMicros, NOT_YET);
        return new Gathering(null, specVersion, scores, missing, tookMicros, 0, 0, 0, false);
    }

    /** Of an event that is known now. */
    Gathering of(Event opened) {
        return new Gathering(
                opened, specVersion, scores, missing, tookMicros, waitMicros, answeredMicros, answered, hasLeft);
    }

    /**
     * With what a slot group said. Shares its arrays with this one, which is of no use any more.
     *
     * @param places of the group's members among all
     */
    Gathering with(Part part, int[] places, int width) {
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(part.scores(), i * width, scores, places[i] * width, width);
            missing[places[i]] = part.missing() == null ? null : part.missing()[i];
        }
        Prediction.Latencies latencies = part.latencies();
        for (int i = 0; i < places.length && latencies != null; i++) {
            tookMicros[places[i]] = latencies.tookMicros()[i];
        }
        return new Gathering(
                event,
                specVersion,
                scores,
                missing,
                tookMicros,
                latencies == null ? waitMicros : Math.max(waitMicros, latencies.waitMicros()),
                latencies == null ? answeredMicros : Math.max(answeredMicros, latencies.totalMicros()),
                answered + 1,
                hasLeft);
    }

    /** With one answer more that is of no use, for it is by another version of the spec. */
    Gathering withAnotherVersions() {
        return new Gathering(
                event, specVersion, scores, missing, tookMicros, waitMicros, answeredMicros, answered + 1, hasLeft);
    }

    /** Anew by a later version of the spec: what was said by an earlier one counts as answered, and as nothing else. */
    Gathering by(int laterVersion, int members, int width) {
        Gathering anew = nothing(laterVersion, members, width);
        return new Gathering(
                event,
                laterVersion,
                anew.scores,
                anew.missing,
                anew.tookMicros,
                waitMicros,
                answeredMicros,
                answered,
                hasLeft);
    }

    /** After its prediction has left. */
    Gathering left() {
        return new Gathering(
                event, specVersion, scores, missing, tookMicros, waitMicros, answeredMicros, answered, true);
    }

    /**
     * How long the stages took for an event that is known and is fused now: until the last group handed its batch to the
     * members, until the last one spoke, and until now. A group that has not spoken is waited for in the last.
     */
    Prediction.Latencies latencies(long nowMillis) {
        long arrivedMillis = event == null || event.arrivedMillis() == 0 ? nowMillis : event.arrivedMillis();
        long sinceMicros = Math.max(0, nowMillis - arrivedMillis) * MICROS_A_MILLI;
        return new Prediction.Latencies(
                waitMicros, answeredMicros - waitMicros, Math.max(0, sinceMicros - answeredMicros), tookMicros.clone());
    }
}
