package io.tributary.core.fusion;

/**
 * The coefficients of a stack. A member that did not answer is taken to say what those that did say on average, on the
 * scale of the link: its coefficient is shared out among them.
 */
final class Coefficients implements MemberWeights {

    private final int classes;
    private final double[] coefficients;
    private final double[] effective;
    private boolean isOfAll;

    Coefficients(int members, int classes) {
        this.classes = classes;
        this.coefficients = new double[members];
        this.effective = new double[members];
    }

    @Override
    public void use(double[] parameters) {
        System.arraycopy(parameters, 0, coefficients, 0, coefficients.length);
        isOfAll = false;
    }

    @Override
    public boolean weigh(double[] scores, boolean all) {
        if (all && isOfAll) {
            return true;
        }
        isOfAll = all;
        double absent = 0;
        int present = 0;
        for (int k = 0; k < coefficients.length; k++) {
            boolean answered = !Double.isNaN(scores[k * classes]);
            absent += answered ? 0 : coefficients[k];
            present += answered ? 1 : 0;
        }
        for (int k = 0; k < coefficients.length; k++) {
            effective[k] = Double.isNaN(scores[k * classes]) ? 0 : coefficients[k] + absent / present;
        }
        return present > 0;
    }

    @Override
    public double[] effective() {
        return effective;
    }

    @Override
    public double[] all() {
        return coefficients;
    }
}
