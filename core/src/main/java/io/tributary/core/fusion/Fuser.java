package io.tributary.core.fusion;

import java.util.Arrays;

/**
 * Fuses the scores of one event at a time with the weights it was last given. Sums run in the members' order, so the
 * same scores and weights give the same bits everywhere. It reuses its buffers: not for several threads.
 */
public final class Fuser {

    /** Below this sum the plain weights of the members present have lost digits, and the logarithms take over. */
    private static final double FAINT = 1e-280;

    private final Link link;
    private final double clip;
    private final double[] logWeights;
    private final double[] weights;
    private final double[] effective;
    private final double[] contributions;
    private double disagreement = Double.NaN;

    /**
     * A fuser that starts with equal weights.
     *
     * @param clip probabilities are kept this far from 0 and 1 before a logarithm, in [1e-15, 0.5)
     * @param members how many members there are, at least 1
     */
    public Fuser(FusionMethod method, double clip, int members) {
        this.link = method.link();
        this.clip = clip;
        this.logWeights = new double[members];
        this.weights = new double[members];
        this.effective = new double[members];
        this.contributions = new double[members];
        use(logWeights);
    }

    /** Takes the given weights from now on: their logarithms, up to a constant, in the members' order. */
    public void use(double[] newLogWeights) {
        System.arraycopy(newLogWeights, 0, logWeights, 0, logWeights.length);
        Arrays.fill(effective, 0);
        normalise(logWeights, effective, weights);
    }

    /**
     * Fuses one event's scores.
     *
     * @param scores one a member, NaN for a member that did not answer
     * @return the fused score, in [0, 1] if the scores are; NaN if no member answered
     */
    public double fuse(double[] scores) {
        weigh(scores);
        double sum = 0;
        int present = 0;
        double highest = 1;
        for (int k = 0; k < scores.length; k++) {
            highest = scores[k] > highest ? scores[k] : highest;
            boolean answered = !Double.isNaN(scores[k]);
            contributions[k] = answered ? effective[k] * toLink(scores[k]) : 0;
            sum += contributions[k];
            present += answered ? 1 : 0;
        }
        // Weights that sum to 1 + 2^-52 would push probabilities of exactly 1 past it.
        double score = present == 0 ? Double.NaN : Math.min(highest, link.inverse(sum));
        double variance = present == 0 ? Double.NaN : 0;
        for (int k = 0; k < scores.length; k++) {
            if (!Double.isNaN(scores[k])) {
                variance += effective[k] * (scores[k] - score) * (scores[k] - score);
            }
        }
        disagreement = StrictMath.sqrt(variance);
        return score;
    }

    /** The weights of the last {@link #fuse}: renormalised over the members that answered, 0 for the others. Reused. */
    public double[] effectiveWeights() {
        return effective;
    }

    /** What each member added to the last fused score, in the link; 0 if it did not answer. Reused. */
    public double[] contributions() {
        return contributions;
    }

    /** The weighted standard deviation of the scores around the last fused one; NaN if no member answered. */
    public double disagreement() {
        return disagreement;
    }

    /** The weights over all members, summing to 1. Reused. */
    public double[] weights() {
        return weights;
    }

    /** A score on the scale on which scores are averaged, kept off 0 and 1 where that takes a logarithm. */
    public double toLink(double score) {
        return link.apply(link == Link.LOGIT ? clipped(score) : score);
    }

    /** The derivative of the score by its place on that scale. */
    public double slope(double score) {
        return link.slope(score);
    }

    /** A probability kept {@code clip} away from 0 and 1. */
    public double clipped(double score) {
        return Math.min(1 - clip, Math.max(clip, score));
    }

    private void weigh(double[] scores) {
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            sum += Double.isNaN(scores[k]) ? 0 : weights[k];
        }
        if (sum < FAINT) {
            normalise(logWeights, scores, effective);
            return;
        }
        for (int k = 0; k < scores.length; k++) {
            effective[k] = Double.isNaN(scores[k]) ? 0 : weights[k] / sum;
        }
    }

    /** The softmax of the logarithms over the members whose score is not NaN; equal weights if all of those are −∞. */
    private static void normalise(double[] logs, double[] scores, double[] into) {
        double max = Double.NEGATIVE_INFINITY;
        int present = 0;
        for (int k = 0; k < logs.length; k++) {
            if (!Double.isNaN(scores[k])) {
                max = Math.max(max, logs[k]);
                present++;
            }
        }
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            boolean answered = !Double.isNaN(scores[k]);
            into[k] = !answered ? 0 : max == Double.NEGATIVE_INFINITY ? 1.0 / present : StrictMath.exp(logs[k] - max);
            sum += into[k];
        }
        for (int k = 0; k < logs.length && sum > 0; k++) {
            into[k] /= sum;
        }
    }
}
