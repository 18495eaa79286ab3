package io.tributary.core.learn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a score costs once the label is known. */
public enum Loss {
    /** −ln of the probability given to what happened; scores must lie inside (0, 1). */
    LOG {
        @Override
        public double of(double score, double label) {
            return -(label * StrictMath.log(score) + (1 - label) * StrictMath.log1p(-score));
        }

        @Override
        public double slope(double score, double label) {
            return (score - label) / (score * (1 - score));
        }
    },
    /** The squared difference; for probabilities, the Brier score. */
    SQUARE {
        @Override
        public double of(double score, double label) {
            return (score - label) * (score - label);
        }

        @Override
        public double slope(double score, double label) {
            return 2 * (score - label);
        }
    },
    /** The absolute difference. */
    ABSOLUTE {
        @Override
        public double of(double score, double label) {
            return Math.abs(score - label);
        }

        @Override
        public double slope(double score, double label) {
            return Math.signum(score - label);
        }
    };

    /** The loss of a score. */
    public abstract double of(double score, double label);

    /** The derivative of the loss by the score. */
    public abstract double slope(double score, double label);

    /** The names as specs write them. */
    public static List<String> names() {
        return Arrays.stream(values())
                .map(loss -> loss.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * The loss with the given name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Loss named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
