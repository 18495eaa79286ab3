package io.tributary.core.learn;

import io.tributary.core.Task;
import java.util.List;

/**
 * What a score costs once the label is known. A score of several classes costs the sum over its classes of what
 * {@link #ofClass} says.
 */
public abstract class Loss {

    /** −ln of the probability given to what happened; scores must lie inside (0, 1). */
    public static final Loss LOG = new Loss("log") {
        @Override
        public double of(double score, double label) {
            // Labels are nearly always 0 or 1, and logarithms cost.
            if (label == 1) {
                return -StrictMath.log(score);
            }
            return label == 0
                    ? -StrictMath.log1p(-score)
                    : -(label * StrictMath.log(score) + (1 - label) * StrictMath.log1p(-score));
        }

        @Override
        public double slope(double score, double label) {
            return (score - label) / (score * (1 - score));
        }

        @Override
        public double ofClass(double score, boolean isTruth) {
            return isTruth ? -StrictMath.log(score) : 0;
        }

        @Override
        public double slopeOfClass(double score, boolean isTruth) {
            return isTruth ? -1 / score : 0;
        }
    };

    /** The squared difference between a probability and what happened. */
    public static final Loss BRIER = new Squared("brier");

    /** The squared difference. */
    public static final Loss SQUARE = new Squared("square");

    /** The absolute difference. */
    public static final Loss ABSOLUTE = new Loss("absolute") {
        @Override
        public double of(double score, double label) {
            return Math.abs(score - label);
        }

        @Override
        public double slope(double score, double label) {
            return Math.signum(score - label);
        }
    };

    /** The absolute difference as a share of the label, which must be above 0. */
    public static final Loss PERCENTAGE = new Loss("percentage") {
        @Override
        public double of(double score, double label) {
            return Math.abs(score - label) / label;
        }

        @Override
        public double slope(double score, double label) {
            return Math.signum(score - label) / label;
        }

        @Override
        public boolean accepts(double label) {
            return label > 0;
        }
    };

    private static final String PINBALL = "pinball";

    private final String label;

    private Loss(String label) {
        this.label = label;
    }

    /**
     * The loss that the given quantile minimises (Koenker and Bassett 1978): its probability times what the score falls
     * short of the label, or the rest to 1 times what it exceeds it.
     *
     * @param quantile in (0, 1)
     */
    public static Loss pinball(double quantile) {
        return new Loss(PINBALL) {
            @Override
            public double of(double score, double label) {
                return label < score ? (1 - quantile) * (score - label) : quantile * (label - score);
            }

            @Override
            public double slope(double score, double label) {
                return (label < score ? 1 : 0) - quantile;
            }

            @Override
            public double quantile() {
                return quantile;
            }
        };
    }

    /** The loss of a score. */
    public abstract double of(double score, double label);

    /** The derivative of the loss by the score. */
    public abstract double slope(double score, double label);

    /** What the probability of one of several classes adds to the loss. */
    public double ofClass(double score, boolean isTruth) {
        return of(score, isTruth ? 1 : 0);
    }

    /** The derivative of {@link #ofClass} by the probability. */
    public double slopeOfClass(double score, boolean isTruth) {
        return slope(score, isTruth ? 1 : 0);
    }

    /** Whether it is defined for a label. */
    public boolean accepts(double label) {
        return !Double.isNaN(label);
    }

    /** The quantile that it minimises, in (0, 1); NaN unless it is made for one. */
    public double quantile() {
        return Double.NaN;
    }

    /** The loss as specs name it. */
    public String label() {
        return label;
    }

    /** The names of the losses that suit a task, the one that is used unless another is asked for first. */
    public static List<String> names(Task task) {
        return switch (task) {
            case BINARY, MULTICLASS -> List.of("log", "brier", "square", "absolute");
            case REGRESSION -> List.of("square", "absolute", "percentage");
            case QUANTILE -> List.of(PINBALL);
        };
    }

    /**
     * The loss with the given name; {@code square} is {@code brier} where scores are probabilities.
     *
     * @param quantile for pinball only
     * @throws IllegalArgumentException if there is none
     */
    public static Loss named(String name, double quantile) {
        return switch (name) {
            case "log" -> LOG;
            case "brier" -> BRIER;
            case "square" -> SQUARE;
            case "absolute" -> ABSOLUTE;
            case "percentage" -> PERCENTAGE;
            case PINBALL -> pinball(quantile);
            default ->
                throw new IllegalArgumentException(
                        "there is no loss '" + name + "'; known are log, brier, square, absolute, percentage, pinball");
        };
    }

    private static final class Squared extends Loss {
        Squared(String label) {
            super(label);
        }

        @Override
        public double of(double score, double label) {
            return (score - label) * (score - label);
        }

        @Override
        public double slope(double score, double label) {
            return 2 * (score - label);
        }
    }
}
