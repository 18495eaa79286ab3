package io.tributary.core.fusion;

import org.jspecify.annotations.Nullable;

/** The scale on which a fusion adds scores up. By functions that give the same bits in every JVM. */
public enum Link {
    /** The score itself. */
    IDENTITY("identity") {
        @Override
        public double of(double score, double clip) {
            return score;
        }

        @Override
        void inverse(double[] values) {
            for (int c = 0; c < values.length && values.length > 1; c++) {
                // Rounding must not take a probability past 1.
                values[c] = Math.min(1, values[c]);
            }
        }

        @Override
        public void pullBack(double[] scores, double[] slopes) {}
    },
    /** The log-odds of a probability. */
    LOGIT("logit") {
        @Override
        public double of(double score, double clip) {
            double p = clipped(score, clip);
            return Logarithms.log(p) - Logarithms.log(1 - p);
        }

        @Override
        void inverse(double[] values) {
            values[0] = 1 / (1 + Exponentials.exp(-values[0]));
        }

        @Override
        public void pullBack(double[] scores, double[] slopes) {
            slopes[0] *= scores[0] * (1 - scores[0]);
        }
    },
    /** The logarithm of the probability of each of several classes, which is sure but for a constant. */
    LOG("log") {
        @Override
        public double of(double score, double clip) {
            return Logarithms.log(clipped(score, clip));
        }

        @Override
        void inverse(double[] values) {
            double max = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                max = Math.max(max, value);
            }
            double sum = 0;
            for (int c = 0; c < values.length; c++) {
                values[c] = Exponentials.exp(values[c] - max);
                sum += values[c];
            }
            for (int c = 0; c < values.length; c++) {
                values[c] /= sum;
            }
        }

        @Override
        public void pullBack(double[] scores, double[] slopes) {
            double mean = 0;
            for (int c = 0; c < scores.length; c++) {
                mean += scores[c] * slopes[c];
            }
            for (int c = 0; c < scores.length; c++) {
                slopes[c] = scores[c] * (slopes[c] - mean);
            }
        }
    };

    private final String label;

    Link(String label) {
        this.label = label;
    }

    /** The link as records name it. */
    public String label() {
        return label;
    }

    /** The link with the given label; null if there is none. */
    public static @Nullable Link of(String label) {
        for (Link link : values()) {
            if (link.label.equals(label)) {
                return link;
            }
        }
        return null;
    }

    /** From a score to the scale; a probability is first kept {@code clip} away from 0 and 1 where that takes a logarithm. */
    public abstract double of(double score, double clip);

    /** Places the scores from one index to another, which it does not include, at the same indexes of another array. */
    void place(double[] scores, int from, int to, double clip, double[] into) {
        for (int at = from; at < to; at++) {
            into[at] = of(scores[at], clip);
        }
    }

    /** Not by {@link Math#min}, which looks for zeros of either sign, once a member, class and event. */
    private static double clipped(double score, double clip) {
        double least = score < clip ? clip : score;
        return least > 1 - clip ? 1 - clip : least;
    }

    /** From the scale to scores, in place; one number, or one a class. */
    abstract void inverse(double[] values);

    /**
     * From the derivatives by the scores to those by their places on the scale, in place.
     *
     * @param scores what {@link #inverse} gave
     */
    public abstract void pullBack(double[] scores, double[] slopes);
}
