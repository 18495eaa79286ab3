package io.tributary.core.backtest;

import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.learn.Spectral;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.spec.LearningPlan;

/** Weights to begin with where there is no label at all: by what members' scores have in common, see {@link Spectral}. */
public final class UnlabelledWeights {

    private UnlabelledWeights() {}

    /** Whether anything can be said without labels: scores must be probabilities of one class, of three members or more. */
    public static boolean suit(LearningPlan plan) {
        return plan.task() == Task.BINARY
                && plan.members().size() > 2
                && new WeightFold(plan).weights(0).fusion().method().isWeighted();
    }

    /**
     * The weights, of version 0, for no label is behind them.
     *
     * @param recording of the plan's members; its labels are not looked at
     * @param nowMillis when they are made
     */
    public static Weights of(Recording recording, LearningPlan plan, long nowMillis) {
        Spectral spectral = new Spectral(plan.members().size());
        for (double[] scores : recording.scores()) {
            spectral.observe(scores);
        }
        double[] logs = new double[plan.members().size()];
        spectral.weights(logs);
        for (int k = 0; k < logs.length; k++) {
            logs[k] = StrictMath.log(logs[k]);
        }
        Weights equal = new WeightFold(plan).weights(nowMillis);
        Weights.Candidate leader = equal.candidates()[equal.leader()];
        equal.candidates()[equal.leader()] = new Weights.Candidate(
                leader.name(),
                new Fusion(leader.fusion().method(), logs, leader.fusion().bias()));
        return equal;
    }
}
