package io.tributary.core.learn;

import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;

/** Coefficients and biases, moved by a {@link NewtonStack}. */
final class StackCandidate implements Candidate {

    private final String name;
    private final NewtonStack stack;
    private final Fuser fuser;
    private final int classes;
    private final double[] state;
    private final double[] places;
    private final Fusion fusion;
    private boolean stale = true;

    StackCandidate(String name, Ensemble ensemble, LearnerSettings settings, boolean nonNegative) {
        this.name = name;
        this.classes = ensemble.classes();
        this.fuser = ensemble.fuser(FusionMethod.STACK);
        this.stack = new NewtonStack(
                ensemble.members(),
                classes,
                fuser.link(),
                settings.prior(),
                settings.windowOr(Double.POSITIVE_INFINITY),
                nonNegative);
        this.state = new double[stack.stateSize()];
        this.places = new double[ensemble.members() * classes];
        this.fusion = Fusion.equal(FusionMethod.STACK, ensemble.members(), classes);
        stack.start(state);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fusion fusion() {
        refresh();
        return fusion;
    }

    @Override
    public void fuse(double[] scores, double[] into) {
        refresh();
        fuser.fuse(scores);
        System.arraycopy(fuser.fused(), 0, into, 0, into.length);
    }

    @Override
    public void learn(double[] scores, double label, double importance, long lag) {
        refresh();
        fuser.fuse(scores);
        place(scores);
        stack.update(state, places, fuser.fused(), label, importance);
        stale = true;
    }

    @Override
    public boolean revise(double[] scores, Revision revision) {
        place(scores);
        boolean isRevised = stack.revise(state, places, revision);
        stale |= isRevised;
        return isRevised;
    }

    /** The scores in the link; a member that did not answer is taken to say what the others do on average. */
    private void place(double[] scores) {
        int members = scores.length / classes;
        for (int c = 0; c < classes; c++) {
            double sum = 0;
            int present = 0;
            for (int k = 0; k < members; k++) {
                int at = k * classes + c;
                places[at] = fuser.toLink(scores[at]);
                boolean answered = !Double.isNaN(scores[k * classes]);
                sum += answered ? places[at] : 0;
                present += answered ? 1 : 0;
            }
            for (int k = 0; k < members; k++) {
                if (Double.isNaN(scores[k * classes])) {
                    places[k * classes + c] = sum / present;
                }
            }
        }
    }

    private void refresh() {
        if (stale) {
            stack.coefficients(state, fusion.parameters());
            stack.biases(state, fusion.bias());
            fuser.use(fusion);
            stale = false;
        }
    }

    @Override
    public double[] state() {
        return state;
    }

    @Override
    public int stateSize(int members) {
        return stack.stateSize(members);
    }

    @Override
    public void restore(double[] old, int[] oldIndexes) {
        stack.restore(old, oldIndexes, state);
        stale = true;
    }
}
