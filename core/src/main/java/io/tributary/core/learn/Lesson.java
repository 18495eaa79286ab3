package io.tributary.core.learn;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Link;

/**
 * What one feedback has to teach: what each member would have saved over the fusion. With the gradient trick
 * (Cesa-Bianchi and Lugosi 2006, section 2.5) the loss is replaced by its tangent at the fused score, so that learners
 * compete with the best convex combination of members instead of the best member. One is reused from feedback to
 * feedback.
 */
public final class Lesson {

    /** Losses and regrets are cut to this, so that their squares stay numbers too. */
    static final double LARGEST = 1e100;

    private final Loss loss;
    private final boolean gradient;
    private final int classes;
    private final double[] regrets;
    private final double[] losses;
    private final double[] slopes;
    private final double[] places;
    private final double[] gradients;
    private final boolean[] awake;
    private long lag;
    private double fusedGradient;

    /**
     * An empty lesson.
     *
     * @param gradient whether regrets are linearised at the fused score; only for fusions that are linear in their link
     */
    public Lesson(Loss loss, boolean gradient, int members, int classes) {
        this.loss = loss;
        this.gradient = gradient;
        this.classes = classes;
        this.regrets = new double[members];
        this.losses = new double[members];
        this.gradients = new double[members];
        this.awake = new boolean[members];
        this.slopes = new double[classes];
        this.places = new double[classes];
    }

    /**
     * Works out what there is to learn.
     *
     * @param fuser that has just fused the scores
     * @param scores as the fuser takes them, of which at least one member has answered
     * @param label the label; with several classes the number of the true one
     * @param importance what all of it is multiplied by, above 0
     * @param feedbacksSince how many lessons the learner has had since the event was fused
     */
    public void prepare(Fuser fuser, double[] scores, double label, double importance, long feedbacksSince) {
        lag = feedbacksSince;
        if (gradient) {
            linearise(fuser, label, importance);
        }
        double lossOfFused = gradient ? 0 : importance * loss(fuser, fuser.fused(), 0, label);
        for (int k = 0; k < regrets.length; k++) {
            awake[k] = !Double.isNaN(scores[k * classes]);
            regrets[k] = 0;
            gradients[k] = 0;
            if (!awake[k]) {
                continue;
            }
            double regret = 0;
            if (gradient) {
                for (int c = 0; c < classes; c++) {
                    double place = fuser.toLink(scores[k * classes + c]);
                    gradients[k] += slopes[c] * place;
                    regret += slopes[c] * (places[c] - place);
                }
            } else {
                losses[k] = importance * loss(fuser, scores, k * classes, label);
                regret = lossOfFused - losses[k];
            }
            regrets[k] = bounded(regret);
            gradients[k] = bounded(gradients[k]);
        }
    }

    /** Takes regrets as they are; every member has answered. */
    void prepare(double[] itsRegrets) {
        lag = 0;
        for (int k = 0; k < regrets.length; k++) {
            awake[k] = true;
            regrets[k] = bounded(itsRegrets[k]);
            gradients[k] = -regrets[k];
            losses[k] = -regrets[k];
        }
    }

    /** The derivatives of the loss by the fused score's places in the link. */
    private void linearise(Fuser fuser, double label, double importance) {
        boolean isLog = loss == Loss.LOG;
        double[] fused = fuser.fused();
        for (int c = 0; c < classes; c++) {
            places[c] = fuser.toLink(fused[c]);
            slopes[c] = importance * slope(isLog ? fuser.clipped(fused[c]) : fused[c], label, c);
        }
        if (isLog && fuser.link() == Link.LOGIT) {
            // (p − y)/(p(1 − p)) · p(1 − p), without the detour.
            slopes[0] = importance * (fuser.clipped(fused[0]) - label);
        } else {
            fuser.link().pullBack(fused, slopes);
        }
        fusedGradient = 0;
        for (int c = 0; c < classes; c++) {
            fusedGradient += slopes[c] * places[c];
        }
        fusedGradient = bounded(fusedGradient);
    }

    /** Scores may be as large as a double gets; what is made of them must stay a number, and its square too. */
    private static double bounded(double regret) {
        return Double.isNaN(regret) ? 0 : Math.max(-LARGEST, Math.min(LARGEST, regret));
    }

    private double slope(double score, double label, int c) {
        return classes == 1 ? loss.slope(score, label) : loss.slopeOfClass(score, c == (int) label);
    }

    private double loss(Fuser fuser, double[] scores, int from, double label) {
        boolean isLog = loss == Loss.LOG;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double score = isLog ? fuser.clipped(scores[from + c]) : scores[from + c];
            sum += classes == 1 ? loss.of(score, label) : loss.ofClass(score, c == (int) label);
        }
        return sum;
    }

    /** Whether regrets are linearised at the fused score. */
    boolean isGradient() {
        return gradient;
    }

    /** How many members there are. */
    public int members() {
        return regrets.length;
    }

    /** What a member would have saved: the fusion's loss less the member's; 0 for a member that did not answer. */
    public double regret(int member) {
        return regrets[member];
    }

    /** The derivative of the loss by a member's weight, at the fused score; 0 for a member that did not answer. */
    public double gradient(int member) {
        return gradients[member];
    }

    /** What {@link #gradient} would be of a member that says what the fusion says. */
    public double fusedGradient() {
        return fusedGradient;
    }

    /** A member's loss, if regrets are not linearised; it means nothing for a member that did not answer. */
    public double loss(int member) {
        return losses[member];
    }

    /** How many lessons the learner has had since the event was fused. */
    public long lag() {
        return lag;
    }

    /** Whether a member answered. */
    public boolean isAwake(int member) {
        return awake[member];
    }
}
