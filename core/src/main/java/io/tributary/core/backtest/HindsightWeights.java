package io.tributary.core.backtest;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.learn.Ensemble;
import io.tributary.core.spec.LearningPlan;
import java.util.Arrays;

/**
 * The fixed weights of a weighted mean that would have lost least over a recording: what hindsight knows and no learner
 * can. Found by exponentiated gradients (Kivinen and Warmuth 1997) over all labelled rows, with steps that shrink
 * whenever the loss rises.
 */
public final class HindsightWeights {

    private static final int STEPS = 400;
    private static final double ENOUGH = 1e-12;
    private static final double LEAST_RATE = 1e-6;

    private final Recording recording;
    private final int from;
    private final Ensemble ensemble;
    private final Fuser fuser;
    private final double[] slopes;

    private HindsightWeights(Recording recording, LearningPlan plan, int from) {
        this.recording = recording;
        this.from = from;
        this.ensemble = Ensemble.of(plan);
        this.fuser = ensemble.fuser(FusionMethod.MEAN);
        this.slopes = new double[plan.members().size()];
    }

    /**
     * Finds them.
     *
     * @param from the first row that counts
     * @return one weight a member, summing to 1
     */
    public static double[] of(Recording recording, LearningPlan plan, int from) {
        return new HindsightWeights(recording, plan, from).find();
    }

    private double[] find() {
        int members = slopes.length;
        double[] best = new double[members];
        Arrays.fill(best, -StrictMath.log(members));
        double least = lossAndSlopes(best);
        double[] bestSlopes = slopes.clone();
        double rate = 1;
        for (int step = 0; step < STEPS && rate > LEAST_RATE; step++) {
            double[] next = moved(best, bestSlopes, rate);
            double loss = lossAndSlopes(next);
            if (!(loss < least)) {
                rate /= 2;
                continue;
            }
            boolean settled = least - loss < ENOUGH * Math.abs(least);
            best = next;
            least = loss;
            System.arraycopy(slopes, 0, bestSlopes, 0, members);
            rate *= settled ? 0.5 : 1.5;
        }
        double[] weights = new double[members];
        for (int k = 0; k < members; k++) {
            weights[k] = StrictMath.exp(best[k]);
        }
        return weights;
    }

    /** The next logarithms; slopes are taken relative to the steepest, so that the rate has no unit. */
    private static double[] moved(double[] logs, double[] slopes, double rate) {
        double steepest = Double.MIN_NORMAL;
        for (double slope : slopes) {
            steepest = Math.max(steepest, Math.abs(slope));
        }
        double[] next = new double[logs.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < next.length; k++) {
            next[k] = logs[k] - rate * slopes[k] / steepest;
            most = Math.max(most, next[k]);
        }
        double sum = 0;
        for (double each : next) {
            sum += StrictMath.exp(each - most);
        }
        double all = most + StrictMath.log(sum);
        for (int k = 0; k < next.length; k++) {
            next[k] -= all;
        }
        return next;
    }

    /** The loss with the given logarithms of weights; its slopes by the weights are left in their field. */
    private double lossAndSlopes(double[] logWeights) {
        fuser.use(logWeights);
        double[] weights = fuser.weights();
        Arrays.fill(slopes, 0);
        double loss = 0;
        for (int t = from; t < recording.rows(); t++) {
            double label = recording.labels()[t];
            double[] scores = recording.scores()[t];
            if (!ensemble.loss().accepts(label) || Double.isNaN(fuser.fuse(scores))) {
                continue;
            }
            double[] fused = fuser.fused();
            loss += ensemble.loss(fused, label);
            addSlopes(scores, fused, label, answering(scores, weights));
        }
        return loss;
    }

    private double answering(double[] scores, double[] weights) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += Double.isNaN(scores[k * ensemble.classes()]) ? 0 : weights[k];
        }
        return sum;
    }

    private void addSlopes(double[] scores, double[] fused, double label, double answering) {
        int classes = ensemble.classes();
        for (int c = 0; c < classes; c++) {
            double at = ensemble.task().isClasses() ? fuser.clipped(fused[c]) : fused[c];
            double slope = classes == 1
                    ? ensemble.loss().slope(at, label)
                    : ensemble.loss().slopeOfClass(at, c == (int) label);
            for (int k = 0; k < slopes.length; k++) {
                double score = scores[k * classes + c];
                slopes[k] += Double.isNaN(score) ? 0 : slope * (score - fused[c]) / answering;
            }
        }
    }
}
