package io.tributary.core.learn;

/**
 * Follows the leader among several candidates: the one with the least loss of late, over what each would have emitted. A
 * challenger takes over only when it is ahead by more than chance would make it, and was so most of the time. Free of the
 * loss's unit.
 *
 * <p>Losses are compared in blocks as long as labels are late, for what happens while no label comes is one event and
 * not thousands: after a sudden change all candidates err until the first labels of the new world arrive, and the one
 * that happens to err least then is rarely the one to follow afterwards.
 *
 * <p>State: the leader; how many labels the block holds; then for each candidate its loss in the block, its fading sum
 * of losses, the fading sum of its blocks' squared distances from the leader's, and the fading sum of blocks won
 * against the leader less blocks lost.
 */
final class Selector {

    /** After how many labels a block has faded to 1/e. */
    private static final double WINDOW = 20_000;

    /** The longest block: labels that are later still would leave too few blocks to tell anything. */
    private static final long LONGEST_BLOCK = 1000;

    /** How many standard deviations a challenger must be ahead. */
    private static final double SURE = 1.75;

    private static final int LEADER = 0;
    private static final int SIZE = 1;
    private static final int BLOCKS = 2;

    private final int candidates;
    private final int sums;
    private final int squares;
    private final int wins;
    private final double[] state;

    Selector(int candidates) {
        this.candidates = candidates;
        this.sums = BLOCKS + candidates;
        this.squares = sums + candidates;
        this.wins = squares + candidates;
        this.state = new double[wins + candidates];
    }

    /**
     * Takes note of what each candidate lost on one label.
     *
     * @param lag how many labels came between the event and its label
     */
    void learn(double[] losses, double importance, long lag) {
        for (int i = 0; i < candidates; i++) {
            state[BLOCKS + i] += importance * Math.min(losses[i], Lesson.LARGEST);
        }
        state[SIZE]++;
        if (state[SIZE] >= Math.min(LONGEST_BLOCK, lag)) {
            close();
        }
    }

    /** Compares over the block that is full, and begins another. */
    private void close() {
        int leader = leader();
        double keep = StrictMath.exp(-state[SIZE] / WINDOW);
        double ofLeader = state[BLOCKS + leader];
        for (int i = 0; i < candidates; i++) {
            double lead = ofLeader - state[BLOCKS + i];
            state[sums + i] = keep * state[sums + i] + state[BLOCKS + i];
            state[squares + i] = keep * state[squares + i] + lead * lead;
            state[wins + i] = keep * state[wins + i] + Math.signum(lead);
            state[BLOCKS + i] = 0;
        }
        state[SIZE] = 0;
        int best = leader;
        for (int i = 0; i < candidates; i++) {
            double lead = state[sums + leader] - state[sums + i];
            boolean isSure = lead > SURE * StrictMath.sqrt(state[squares + i]) && state[wins + i] > 0;
            best = isSure && state[sums + i] < state[sums + best] ? i : best;
        }
        state[LEADER] = best;
    }

    int leader() {
        return (int) state[LEADER];
    }

    double[] state() {
        return state;
    }
}
