package io.tributary.core.learn;

/**
 * Follows the leader among several candidates: the one with the least loss of late, over what each would have emitted. A
 * challenger takes over only when its lead is larger than chance would make it, so that the fusion does not jump to and
 * fro between candidates that are as good as each other. Free of the loss's unit.
 *
 * <p>State: the leader; then for each candidate its fading sum of losses, and the fading sum of its squared distances
 * from the leader's loss.
 */
final class Selector {

    /** After how many labels a loss has faded to 1/e. */
    private static final double WINDOW = 20_000;

    /** How many standard deviations a challenger must be ahead. */
    private static final double SURE = 1;

    private final int candidates;
    private final double[] state;

    Selector(int candidates) {
        this.candidates = candidates;
        this.state = new double[1 + 2 * candidates];
    }

    /** Takes note of what each candidate lost on one label. */
    void learn(double[] losses, double importance) {
        int leader = leader();
        double keep = 1 - 1 / WINDOW;
        int best = leader;
        for (int i = 0; i < candidates; i++) {
            double loss = importance * Math.min(losses[i], Lesson.LARGEST);
            double apart = loss - importance * Math.min(losses[leader], Lesson.LARGEST);
            state[1 + i] = keep * state[1 + i] + loss;
            state[1 + candidates + i] = keep * state[1 + candidates + i] + apart * apart;
        }
        for (int i = 0; i < candidates; i++) {
            double lead = state[1 + leader] - state[1 + i];
            boolean isSure = lead > SURE * StrictMath.sqrt(state[1 + candidates + i]);
            best = isSure && state[1 + i] < state[1 + best] ? i : best;
        }
        state[0] = best;
    }

    int leader() {
        return (int) state[0];
    }

    double[] state() {
        return state;
    }
}
