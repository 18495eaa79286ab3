package io.tributary.core.fusion;

import io.tributary.core.Task;
import java.util.Arrays;

/**
 * Fuses the scores of one event at a time with the parameters it was last given. Sums run in the members' order, so the
 * same scores and parameters give the same bits everywhere. It reuses its buffers: not for several threads.
 *
 * <p>A score is one number, or with several classes one a class; a member's numbers follow one another.
 */
public final class Fuser {

    private final FusionMethod method;
    private final Link link;
    private final double clip;
    private final int classes;
    private final Pool pool;
    private final MemberWeights weights;
    private final double[] bias;
    private final double[] fused;
    private final double[] contributions;
    private final double[] others;
    private final double[] without;
    private final double[] placed;
    private double[] places = {};
    private double[] last = {};
    private boolean allAnswered;

    /** A fuser of probabilities of one class. */
    public Fuser(FusionMethod method, double clip, int members) {
        this(method, Task.BINARY, 1, clip, 0, members);
    }

    /**
     * A fuser that starts with equal weights.
     *
     * @param classes how many numbers a score is: the number of classes if there are several, else 1
     * @param clip probabilities are kept this far from 0 and 1 before a logarithm, in [1e-15, 0.5)
     * @param trim the share of the weight that a trimmed mean leaves out at either end, in [0, 0.5)
     * @param members how many members there are, at least 1
     * @throws IllegalArgumentException if the method does not suit the task
     */
    public Fuser(FusionMethod method, Task task, int classes, double clip, double trim, int members) {
        this(
                method,
                link(method, task),
                classes,
                clip,
                trim,
                method.isWeighted() ? new SimplexWeights(members, classes) : new Coefficients(members, classes),
                members);
        use(Fusion.equal(method, members, classes));
    }

    private Fuser(
            FusionMethod method, Link link, int classes, double clip, double trim, MemberWeights weights, int members) {
        this.method = method;
        this.clip = clip;
        this.classes = classes;
        this.link = link;
        this.bias = new double[classes];
        this.pool = switch (method) {
            case MEAN, LOG_ODDS, SOFT_VOTE, STACK -> new LinearPool(link, classes, bias);
            case HARD_VOTE -> new VotePool(classes);
            case MEDIAN -> new OrderPool(0.5, members);
            case TRIMMED_MEAN -> new OrderPool(trim, members);
        };
        this.weights = weights;
        this.fused = new double[classes];
        this.without = new double[classes];
        this.contributions = new double[members * classes];
        this.others = new double[members];
        this.placed = new double[members * classes];
    }

    /**
     * A fuser that does again what another has done.
     *
     * @param effective the weights that the other gave to the scores, as {@link #effectiveWeights} had them
     * @param bias what it added in the link: one number, or one a class; empty if nothing
     */
    public static Fuser again(
            FusionMethod method, Link link, int classes, double clip, double trim, double[] effective, double[] bias) {
        MemberWeights weights = new GivenWeights(effective, classes);
        Fuser fuser = new Fuser(method, link, classes, clip, trim, weights, effective.length);
        System.arraycopy(bias, 0, fuser.bias, 0, bias.length);
        return fuser;
    }

    private static Link link(FusionMethod method, Task task) {
        if (!method.suits(task)) {
            throw new IllegalArgumentException("fusion " + method.label() + " does not suit the task " + task.label()
                    + "; take one of " + String.join(", ", FusionMethod.labels(task)));
        }
        boolean logarithmic = method == FusionMethod.LOG_ODDS || method == FusionMethod.STACK && task.isClasses();
        return !logarithmic ? Link.IDENTITY : task == Task.MULTICLASS ? Link.LOG : Link.LOGIT;
    }

    /** Takes the given weights from now on: their logarithms, up to a constant, in the members' order. */
    public void use(double[] logWeights) {
        weights.use(logWeights);
    }

    /** Takes the parameters of the given fusion, which is of this fuser's method. */
    public void use(Fusion fusion) {
        weights.use(fusion.parameters());
        System.arraycopy(fusion.bias(), 0, bias, 0, classes);
    }

    /**
     * Fuses one event's scores.
     *
     * @param scores NaN for a member that did not answer
     * @return the fused score, in [0, 1] if the scores are; with several classes that of the first; NaN if no member
     *     answered
     */
    public double fuse(double[] scores) {
        places = link == Link.IDENTITY ? scores : placed;
        for (int k = 0; k < placed.length && places == placed; k += classes) {
            if (!Double.isNaN(scores[k])) {
                link.place(scores, k, k + classes, clip, placed);
            }
        }
        return pool(scores, MemberWeights.haveAllAnswered(scores, classes));
    }

    /**
     * Fuses the scores that another fuser of the same link and clip has just fused, without placing them on the link's scale,
     * or looking who answered, once more.
     *
     * @return as {@link #fuse}
     */
    public double fuseAfter(Fuser other) {
        places = other.places;
        return pool(other.last, other.allAnswered);
    }

    private double pool(double[] scores, boolean all) {
        last = scores;
        allAnswered = all;
        if (!weights.weigh(scores, all)) {
            Arrays.fill(fused, Double.NaN);
            return Double.NaN;
        }
        pool.pool(scores, places, weights.effective(), fused);
        return fused[0];
    }

    /** The last fused score: one number, or one a class. Reused. */
    public double[] fused() {
        return fused;
    }

    /** The weights of the last {@link #fuse}: renormalised over the members that answered, 0 for the others. Reused. */
    public double[] effectiveWeights() {
        return weights.effective();
    }

    /**
     * What each member added to the last fused score, laid out as the scores are; 0 if it did not answer. For a linear
     * method and for a stack that is its term of the sum in the link, to which a stack adds its bias. For the others it
     * is how much the fused score would fall without it; nothing for a member that is the only one. Reused; to be read
     * before the scores that were fused change.
     */
    public double[] contributions() {
        double[] effective = weights.effective();
        boolean isSum = method.isLinear() || method == FusionMethod.STACK;
        for (int k = 0; k < effective.length; k++) {
            if (Double.isNaN(fused[0]) || Double.isNaN(last[k * classes])) {
                Arrays.fill(contributions, k * classes, (k + 1) * classes, 0);
            } else if (isSum) {
                for (int at = k * classes; at < (k + 1) * classes; at++) {
                    contributions[at] = effective[k] * places[at];
                }
            } else {
                contributionWithout(k);
            }
        }
        return contributions;
    }

    private void contributionWithout(int k) {
        double[] scores = last;
        double[] effective = weights.effective();
        double rest = 1 - effective[k];
        if (!(rest > 0)) {
            Arrays.fill(contributions, k * classes, (k + 1) * classes, 0);
            return;
        }
        for (int j = 0; j < effective.length; j++) {
            others[j] = j == k ? 0 : effective[j] / rest;
        }
        double score = scores[k * classes];
        scores[k * classes] = Double.NaN;
        pool.pool(scores, places, others, without);
        scores[k * classes] = score;
        for (int c = 0; c < classes; c++) {
            contributions[k * classes + c] = fused[c] - without[c];
        }
    }

    /**
     * The weighted standard deviation of the scores around the last fused one; NaN if no member answered. To be read
     * before the scores that were fused change.
     */
    public double disagreement() {
        double[] scores = last;
        double[] effective = weights.effective();
        double variance = Double.isNaN(fused[0]) ? Double.NaN : 0;
        double all = 0;
        for (int k = 0; k < effective.length; k++) {
            double weight = Math.abs(effective[k]);
            for (int c = 0; c < classes && !Double.isNaN(scores[k * classes]); c++) {
                double off = scores[k * classes + c] - fused[c];
                variance += weight * off * off;
            }
            all += weight;
        }
        // Correctly rounded everywhere, and no call out of the JVM.
        return Math.sqrt(method.isWeighted() || all == 0 ? variance : variance / all);
    }

    /** The weights over all members, summing to 1; a stack's coefficients. Reused. */
    public double[] weights() {
        return weights.all();
    }

    /** The scale on which it sums. */
    public Link link() {
        return link;
    }

    /** A score on that scale, kept off 0 and 1 where that takes a logarithm. */
    public double toLink(double score) {
        return link.of(score, clip);
    }

    /** A probability kept {@code clip} away from 0 and 1. */
    public double clipped(double score) {
        return Math.min(1 - clip, Math.max(clip, score));
    }

    /** How many numbers a score is. */
    public int classes() {
        return classes;
    }
}
