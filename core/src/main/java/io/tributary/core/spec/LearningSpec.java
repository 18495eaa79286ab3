package io.tributary.core.spec;

import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Loss;
import java.time.Duration;

/**
 * How weights learn.
 *
 * @param learner the learner's name
 * @param loss what is minimised
 * @param settings what the learner is told
 * @param maxImportance the most that one label may count for when its propensity is small, from 1
 * @param segments how segments get weights of their own
 * @param publish how often changed weights are published
 */
public record LearningSpec(
        String learner,
        Loss loss,
        LearnerSettings settings,
        double maxImportance,
        Segments segments,
        Duration publish) {

    /** The same with another learner, or other settings of it. */
    public LearningSpec with(String otherLearner, LearnerSettings otherSettings) {
        return new LearningSpec(otherLearner, loss, otherSettings, maxImportance, segments, publish);
    }

    /** The same with another loss. */
    public LearningSpec with(Loss otherLoss) {
        return new LearningSpec(learner, otherLoss, settings, maxImportance, segments, publish);
    }

    /**
     * How often a label counts when only a share of such labels is ever seen: the inverse of that share, clipped.
     *
     * @param propensity the share; NaN if it is unknown, in which case the label counts once
     */
    public double importance(double propensity) {
        return Double.isNaN(propensity) ? 1 : Math.min(1 / Math.max(propensity, Double.MIN_NORMAL), maxImportance);
    }

    /**
     * How segments get weights of their own.
     *
     * @param evidence after how many labels of its own a segment's weights count as much as the global ones, above 0
     * @param most how many segments are kept; 0 for none. Those whose last label is the oldest are forgotten first.
     */
    public record Segments(double evidence, int most) {}
}
