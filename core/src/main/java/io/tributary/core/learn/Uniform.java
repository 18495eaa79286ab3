package io.tributary.core.learn;

import java.util.Arrays;

/** Equal weights for good: what every learner must beat. */
final class Uniform implements WeightLearner {

    @Override
    public int fields() {
        return 0;
    }

    @Override
    public void start(double[] logPrior, double[] state) {}

    @Override
    public void update(double[] state, Lesson lesson) {}

    @Override
    public boolean revise(double[] state, double[] saved) {
        return true;
    }

    @Override
    public void logWeights(double[] state, double[] logWeights) {
        Arrays.fill(logWeights, 0);
    }
}
