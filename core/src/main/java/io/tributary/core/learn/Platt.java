package io.tributary.core.learn;

import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Link;

/** Learns a {@link Calibration} from labels, a Newton step each; it starts as the identity. */
final class Platt {

    private static final double PRIOR = 1;

    private final NewtonStack stack = new NewtonStack(1, 1, Link.LOGIT, PRIOR, Double.POSITIVE_INFINITY, true);
    private final double[] state = new double[stack.stateSize()];
    private final double[] place = new double[1];
    private final double[] fused = new double[1];
    private final double clip;

    Platt(double clip) {
        this.clip = clip;
        stack.start(state);
    }

    void learn(double score, double label, double importance) {
        place[0] = Link.LOGIT.of(score, clip);
        fused[0] = calibration().of(score, clip);
        stack.update(state, place, fused, label, importance);
    }

    Calibration calibration() {
        return new Calibration(state[1], state[2]);
    }

    double[] state() {
        return state;
    }
}
