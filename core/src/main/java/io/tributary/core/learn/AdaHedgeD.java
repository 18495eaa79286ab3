package io.tributary.core.learn;

/**
 * Follow the regularised leader with a rate that finds itself when labels are late (Flaspohler et al. 2021, "Online
 * learning with optimism and delay", section 5, without hints): w minimises ⟨Θ, w⟩ + λψ(w), Θ the summed gradients and ψ
 * the negative entropy, so w ∝ exp(−Θ/λ); and λ += δ/ln K, where δ ≥ 0 is what the weights that were played lost by not
 * knowing what came since.
 *
 * <p>What was played is looked up among the {@value #REMEMBERED} newest states; if that is too long ago, the oldest of
 * them stands for it.
 *
 * <p>State: λ, how many lessons there were, the last states' λ; then for each member Θ and the last states' Θ.
 */
final class AdaHedgeD implements WeightLearner {

    static final int REMEMBERED = 64;

    private static final int LESSONS = 1;
    private static final int RING = 2;

    private final double[] played;
    private final double[] best;
    private final double[] hindsight;

    /** A learner for that many members. */
    AdaHedgeD(int members) {
        this.played = new double[members];
        this.best = new double[members];
        this.hindsight = new double[members];
    }

    @Override
    public int shared() {
        return RING + REMEMBERED;
    }

    @Override
    public int fields() {
        return 1 + REMEMBERED;
    }

    @Override
    public void start(double[] logPrior, double[] state) {
        java.util.Arrays.fill(state, 0);
    }

    @Override
    public void update(double[] state, Lesson lesson) {
        int members = lesson.members();
        int slot = slot(state, lesson.lag());
        double rate = state[RING + slot];
        double norm = 0;
        double missedNorm = 0;
        for (int k = 0; k < members; k++) {
            int at = shared() + fields() * k;
            double gradient = gradient(lesson, k);
            state[at] += gradient;
            norm = Math.max(norm, Math.abs(gradient));
            missedNorm = Math.max(missedNorm, Math.abs(state[at] - state[at + 1 + slot]));
        }
        if (members > 1) {
            state[0] += Math.max(0, delta(state, lesson, slot, rate, norm, missedNorm)) / StrictMath.log(members);
        }
        remember(state, members);
    }

    /** A sleeper loses what the fusion loses, or it would be the best of all while gradients are positive. */
    private static double gradient(Lesson lesson, int member) {
        return lesson.isAwake(member) ? lesson.gradient(member) : lesson.fusedGradient();
    }

    /** The least of the three bounds of the paper's equation for δ. */
    private double delta(double[] state, Lesson lesson, int slot, double rate, double norm, double missedNorm) {
        int members = lesson.members();
        double share = missedNorm > 0 ? Math.min(1, norm / missedNorm) : 1;
        softmin(state, slot, 0, rate, played);
        softmin(state, -1, 0, rate, best);
        softmin(state, slot, share, rate, hindsight);
        double least = objective(state, best, rate);
        double regret = 0;
        double regretOfHindsight = 0;
        for (int k = 0; k < members; k++) {
            regret += gradient(lesson, k) * (played[k] - best[k]);
            regretOfHindsight += gradient(lesson, k) * (played[k] - hindsight[k]);
        }
        return Math.min(
                Math.min(objective(state, played, rate) - least, regret),
                objective(state, hindsight, rate) - least + regretOfHindsight);
    }

    /** ⟨Θ, w⟩ + λψ(w). */
    private double objective(double[] state, double[] weights, double rate) {
        double sum = 0;
        double entropy = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += state[shared() + fields() * k] * weights[k];
            entropy += weights[k] > 0 ? weights[k] * StrictMath.log(weights[k]) : 0;
        }
        return sum + rate * (entropy + StrictMath.log(weights.length));
    }

    /** w ∝ exp(−Θ/λ) for Θ now (slot −1), as remembered, or now less a share of what came since. */
    private void softmin(double[] state, int slot, double share, double rate, double[] into) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < into.length; k++) {
            int at = shared() + fields() * k;
            double now = state[at];
            double then = slot < 0 ? now : state[at + 1 + slot];
            into[k] = slot < 0 ? now : share == 0 ? then : now - share * (now - then);
            least = Math.min(least, into[k]);
        }
        double sum = 0;
        for (int k = 0; k < into.length; k++) {
            into[k] = rate == 0 ? (into[k] == least ? 1 : 0) : StrictMath.exp(-(into[k] - least) / rate);
            sum += into[k];
        }
        for (int k = 0; k < into.length; k++) {
            into[k] /= sum;
        }
    }

    private void remember(double[] state, int members) {
        state[LESSONS]++;
        int slot = (int) (state[LESSONS] % REMEMBERED);
        state[RING + slot] = state[0];
        for (int k = 0; k < members; k++) {
            int at = shared() + fields() * k;
            state[at + 1 + slot] = state[at];
        }
    }

    private static int slot(double[] state, long lag) {
        double then = Math.max(state[LESSONS] - Math.min(lag, REMEMBERED - 1), 0);
        return (int) (then % REMEMBERED);
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        logWeights(state, -1, logWeights);
    }

    @Override
    public void playedLogWeights(double[] state, long lag, double[] logWeights) {
        logWeights(state, slot(state, lag), logWeights);
    }

    private void logWeights(double[] state, int slot, double[] logWeights) {
        double rate = slot < 0 ? state[0] : state[RING + slot];
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = state[shared() + fields() * k + 1 + slot];
            least = Math.min(least, logWeights[k]);
        }
        for (int k = 0; k < logWeights.length; k++) {
            double behind = logWeights[k] - least;
            logWeights[k] = behind == 0 ? 0 : -behind / rate;
        }
    }
}
