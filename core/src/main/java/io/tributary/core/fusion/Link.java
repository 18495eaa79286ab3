package io.tributary.core.fusion;

/** The scale on which a fusion adds scores up. Exact functions of {@link StrictMath}, so that every JVM agrees. */
public enum Link {
    /** The score itself. */
    IDENTITY {
        @Override
        public double apply(double score) {
            return score;
        }

        @Override
        public double inverse(double value) {
            return value;
        }

        @Override
        public double slope(double score) {
            return 1;
        }
    },
    /** The log-odds of a probability. */
    LOGIT {
        @Override
        public double apply(double score) {
            return StrictMath.log(score) - StrictMath.log1p(-score);
        }

        @Override
        public double inverse(double value) {
            return 1 / (1 + StrictMath.exp(-value));
        }

        @Override
        public double slope(double score) {
            return score * (1 - score);
        }
    };

    /** From a score to the scale. */
    public abstract double apply(double score);

    /** From the scale to a score. */
    public abstract double inverse(double value);

    /** The derivative of the score by the value on the scale, at a score. */
    public abstract double slope(double score);
}
