package io.tributary.core.fusion;

/** Makes one score of the members' scores and the weights of those that answered. Reuses its buffers. */
interface Pool {

    /**
     * Pools the scores of one event.
     *
     * @param scores {@code classes} numbers a member, one after the other; NaN where a member did not answer
     * @param places the scores on the scale of the link
     * @param weights one a member, 0 where it did not answer; at least one member did
     * @param fused filled with {@code classes} numbers
     */
    void pool(double[] scores, double[] places, double[] weights, double[] fused);
}
