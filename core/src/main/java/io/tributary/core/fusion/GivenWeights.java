package io.tributary.core.fusion;

/** Weights that were renormalised once before, for an event that is fused again. */
final class GivenWeights implements MemberWeights {

    private final int classes;
    private final double[] effective;

    GivenWeights(double[] effective, int classes) {
        this.classes = classes;
        this.effective = effective.clone();
    }

    @Override
    public void use(double[] parameters) {
        throw new UnsupportedOperationException("an event is fused again with the weights that it had");
    }

    @Override
    public boolean weigh(double[] scores, boolean all) {
        boolean any = false;
        for (int k = 0; k < effective.length; k++) {
            any |= !Double.isNaN(scores[k * classes]);
        }
        return any;
    }

    @Override
    public double[] effective() {
        return effective;
    }

    @Override
    public double[] all() {
        return effective;
    }
}
