package io.tributary.members;

import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.WrongShapeException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Boosted trees, which other members may use at the same time, and which read the batch in place. */
final class XgboostMember implements Member {

    private final ModelPool<Booster>.Lease lease;
    private final Booster booster;
    private final ColumnPlan plan;
    private final float[] values;

    /** Takes over the lease of the trees and closes it when it is closed itself. */
    XgboostMember(ModelPool<Booster>.Lease lease, ColumnPlan plan) {
        this.lease = lease;
        this.booster = lease.model();
        this.plan = plan;
        this.values = new float[plan.maxBatch() * plan.width()];
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) throws WrongShapeException, XGBoostError {
        plan.copy(batch, values);
        int rows = batch.rows();
        float[][] answer = booster.inplace_predict(values, rows, plan.width(), Float.NaN);
        int width = plan.scoreWidth();
        if (answer[0].length != width) {
            throw new WrongShapeException("[" + rows + ", " + answer[0].length + "]", rows, width);
        }
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < width; c++) {
                scores[row * width + c] = answer[row][c];
            }
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
