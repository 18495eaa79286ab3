package io.tributary.core.learn;

import io.tributary.core.fusion.Fuser;

/**
 * What each member would have saved over the fusion, one feedback at a time. With the gradient trick (Cesa-Bianchi and
 * Lugosi 2006, section 2.5) the loss is replaced by its tangent at the fused score, so that learners compete with the
 * best convex combination of members instead of the best member.
 */
final class Regrets {

    private final Loss loss;
    private final boolean gradient;

    Regrets(Loss loss, boolean gradient) {
        this.loss = loss;
        this.gradient = gradient;
    }

    /**
     * Computes the regrets.
     *
     * @param fused the fused score, not NaN
     * @param scores one a member, NaN where missing
     * @param importance what every regret is multiplied by, above 0
     * @param into filled with the regrets, 0 where missing
     */
    void of(Fuser fuser, double fused, double[] scores, double label, double importance, double[] into) {
        double safe = safe(fuser, fused);
        double lossOfFused = loss.of(safe, label);
        double slope = loss.slope(safe, label) * fuser.slope(safe);
        for (int k = 0; k < scores.length; k++) {
            if (Double.isNaN(scores[k])) {
                into[k] = 0;
            } else if (gradient) {
                into[k] = importance * slope * (fuser.toLink(fused) - fuser.toLink(scores[k]));
            } else {
                into[k] = importance * (lossOfFused - loss.of(safe(fuser, scores[k]), label));
            }
        }
    }

    private double safe(Fuser fuser, double score) {
        return loss == Loss.LOG ? fuser.clipped(score) : score;
    }
}
