package io.tributary.members;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.WrongShapeException;
import io.tributary.core.spec.MemberSpec;

/** First calls of a freshly opened model, so that the first events do not pay for them and a wrong width shows. */
final class WarmUp {

    private WarmUp() {}

    /** Scores one row of zeros, then a full batch of them, as {@link #run(Member, MemberSpec, ColumnPlan, BatchShapes)}. */
    static Member run(Member member, MemberSpec spec, ColumnPlan plan) {
        return run(member, spec, plan, BatchShapes.exact(plan.maxBatch()));
    }

    /**
     * Scores rows of zeros in batches of the sizes that want it. An answer of the wrong shape is let pass: it concerns the
     * output, and every prediction will name it as the reason that the member is missing.
     *
     * @throws MemberException if the model fails; the member is closed then
     */
    static Member run(Member member, MemberSpec spec, ColumnPlan plan, BatchShapes shapes) {
        FeatureBatch batch = new FeatureBatch(plan.maxBatch(), plan.batchColumns());
        float[] zeros = new float[plan.batchColumns()];
        double[] scores = new double[plan.maxBatch() * plan.scoreWidth()];
        for (int size : shapes.toWarm()) {
            while (batch.rows() < size) {
                batch.add(zeros);
            }
            score(member, spec, batch, scores);
        }
        return member;
    }

    private static void score(Member member, MemberSpec spec, FeatureBatch batch, double[] scores) {
        try {
            member.score(batch, scores);
        } catch (WrongShapeException toldAtEveryPrediction) {
            return;
        } catch (Exception e) {
            member.close();
            throw Failures.refused(spec, batch.rows(), e);
        } catch (Error e) {
            member.close();
            throw e;
        }
    }
}
