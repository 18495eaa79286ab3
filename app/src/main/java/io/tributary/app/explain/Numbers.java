package io.tributary.app.explain;

import io.tributary.core.Prediction;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

    private static final double MICROS_A_MILLI = 1000;

    private Numbers() {}

    /** A score: probabilities with five digits after the point, others with six digits in all; a dash for NaN. */
    static String score(double score, Prediction prediction) {
        if (Double.isNaN(score)) {
            return "–";
        }
        boolean probability = prediction.positive() != null
                || prediction.classes().length > 0
                || !Double.isNaN(prediction.recipe().threshold());
        return String.format(Locale.ROOT, probability ? "%.5f" : "%,.6g", score);
    }

    /** A number with its sign. */
    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4g", value);
    }

    /** Microseconds as milliseconds. */
    static String millis(long micros) {
        return String.format(Locale.ROOT, "%,.2f ms", micros / MICROS_A_MILLI);
    }
}
