package io.tributary.core.learn;

import org.jspecify.annotations.Nullable;

/**
 * What learners can be told. Each has a default that suits most streams; a learner reads only its own.
 *
 * @param eta the rate of hedge and fixed-share, above 0; how sharply accuracy prefers the better
 * @param alpha the share that fixed-share hands out after each label, in [0, 1]; how fast the steps of ogd shrink; NaN
 *     for the learner's default
 * @param prior how far a stack may go from the plain average before labels speak: the variance of its prior, above 0
 * @param window after how many labels what accuracy and a stack know has faded to 1/e, at least 1; infinite for never
 *     (a stack), NaN for the learner's default
 * @param lambda how much unsteadiness costs under accuracy, at least 0
 * @param gradient whether regrets are linearised at the fused score; null for what suits learner, loss and fusion
 * @param newMemberShare the weight with which a member starts that has not answered a labelled event yet, in (0, 1); 0
 *     for an equal share; NaN to leave it to the learner
 */
public record LearnerSettings(
        double eta,
        double alpha,
        double prior,
        double window,
        double lambda,
        @Nullable Boolean gradient,
        double newMemberShare) {

    /** The defaults: rate 1, prior 0.01, an equal share for new members. */
    public static final LearnerSettings DEFAULT = new LearnerSettings(1, Double.NaN, 0.01, Double.NaN, 0.5, null, 0);

    /** The same with another rate. */
    public LearnerSettings withEta(double other) {
        return new LearnerSettings(other, alpha, prior, window, lambda, gradient, newMemberShare);
    }

    /** The same with another alpha. */
    public LearnerSettings withAlpha(double other) {
        return new LearnerSettings(eta, other, prior, window, lambda, gradient, newMemberShare);
    }

    /** The same with another prior. */
    public LearnerSettings withPrior(double other) {
        return new LearnerSettings(eta, alpha, other, window, lambda, gradient, newMemberShare);
    }

    /** The same with another window. */
    public LearnerSettings withWindow(double other) {
        return new LearnerSettings(eta, alpha, prior, other, lambda, gradient, newMemberShare);
    }

    /** The same with another lambda. */
    public LearnerSettings withLambda(double other) {
        return new LearnerSettings(eta, alpha, prior, window, other, gradient, newMemberShare);
    }

    /** The same with regrets linearised or not. */
    public LearnerSettings withGradient(@Nullable Boolean other) {
        return new LearnerSettings(eta, alpha, prior, window, lambda, other, newMemberShare);
    }

    /** The same with another start for new members. */
    public LearnerSettings withNewMemberShare(double other) {
        return new LearnerSettings(eta, alpha, prior, window, lambda, gradient, other);
    }

    double alphaOr(double fallback) {
        return Double.isNaN(alpha) ? fallback : alpha;
    }

    double windowOr(double fallback) {
        return Double.isNaN(window) ? fallback : window;
    }
}
