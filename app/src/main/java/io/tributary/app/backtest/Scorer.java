package io.tributary.app.backtest;

import io.tributary.core.Prediction;
import io.tributary.core.backtest.Tuning;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.Figures;
import org.jspecify.annotations.Nullable;

/**
 * One who scored all events of a recording.
 *
 * @param name a member's or learner's, or {@code uniform}
 * @param kind what it is
 * @param scores row after row, one number each, or one a class; NaN where it has none
 * @param figures over the rows that are reported
 * @param run what a learner did besides; null for the others
 */
public record Scorer(
        String name,
        Kind kind,
        double[] scores,
        Figures figures,
        @Nullable Run run) {

    /** What scored. */
    public enum Kind {
        MEMBER("member"),
        UNIFORM("uniform"),
        INCUMBENT("incumbent"),
        LEARNER("learner");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * A learner's way.
     *
     * @param weights row after row the weights that were used, 0 for members that did not answer; empty if they were not
     *     kept
     * @param intervals row after row; null where none was emitted
     * @param learned what it had learned at the end, from all labels
     * @param tuned what was chosen for it; null if nothing was to be tuned
     */
    public record Run(
            double[][] weights,
            Prediction.@Nullable Interval[] intervals,
            WeightFold learned,
            Tuning.@Nullable Choice tuned) {}
}
