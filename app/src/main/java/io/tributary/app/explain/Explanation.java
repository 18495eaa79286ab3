package io.tributary.app.explain;

import io.tributary.core.Prediction;
import io.tributary.core.predict.Recomputed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prediction and what came of fusing it again.
 *
 * @param place where its record is
 * @param prediction what the record says
 * @param again what its scores and weights came to; null if the record does not say enough
 * @param differences the fields that came out otherwise
 * @param problem why it could not be fused again; null if it could
 */
public record Explanation(
        Place place,
        Prediction prediction,
        @Nullable Recomputed again,
        List<String> differences,
        @Nullable String problem) {

    /** Fuses a prediction again. */
    public static Explanation of(Place place, Prediction prediction) {
        try {
            Recomputed again = Recomputed.of(prediction);
            return new Explanation(place, prediction, again, again.differences(prediction), null);
        } catch (IllegalArgumentException e) {
            return new Explanation(place, prediction, null, List.of(), e.getMessage());
        }
    }

    /** Whether it came out the same to the last bit. */
    public boolean isSame() {
        return again != null && differences.isEmpty();
    }
}
