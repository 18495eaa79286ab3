package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.member.MissingReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has been gathered of one event.
 *
 * @param event the event, without its features; null while only answers have come
 * @param scores as a predictor takes them; NaN where missing, and where nobody has answered yet
 * @param missing why a member is missing; null where it answered
 * @param answered how many slot groups have answered
 * @param hasLeft whether its prediction has left, and only late answers are still to come
 */
public record Gathering(
        @Nullable Event event, double[] scores, @Nullable String[] missing, int answered, boolean hasLeft) {

    /** Of an event of which nothing is known. */
    static Gathering nothing(int members, int width) {
        double[] scores = new double[members * width];
        Arrays.fill(scores, Double.NaN);
        @Nullable String[] missing = new String[members];
        Arrays.fill(missing, MissingReason.LATE.label());
        return new Gathering(null, scores, missing, 0, false);
    }

    /** Of an event that is known now. */
    Gathering of(Event opened) {
        return new Gathering(opened, scores, missing, answered, hasLeft);
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
        return new Gathering(event, scores, missing, answered + 1, hasLeft);
    }

    /** After its prediction has left. */
    Gathering left() {
        return new Gathering(event, scores, missing, answered, true);
    }
}
