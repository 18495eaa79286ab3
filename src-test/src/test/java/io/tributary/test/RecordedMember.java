package io.tributary.test;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;

/** A member that answers what it is told to. */
final class RecordedMember implements Member {

    double answer;

    @Override
    public void score(FeatureBatch batch, double[] scores) {
        scores[0] = answer;
    }

    @Override
    public void close() {}
}
