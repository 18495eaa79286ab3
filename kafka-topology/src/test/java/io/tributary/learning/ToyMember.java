package io.tributary.learning;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;

/** Scores with a logistic curve over the first feature. */
record ToyMember(double slope, double offset) implements Member {

    @Override
    public void score(FeatureBatch batch, double[] scores) {
        for (int row = 0; row < batch.rows(); row++) {
            scores[row] = 1 / (1 + StrictMath.exp(-slope * batch.get(row, 0) - offset));
        }
    }

    @Override
    public void close() {}
}
