package io.tributary.core.learn;

import io.tributary.core.fusion.Offsets;
import java.util.Arrays;

/**
 * Adaptive conformal intervals (Gibbs and Candès 2021): the quantiles of the last {@value #KEPT} residuals, label less
 * score, at a level that rises when too many labels fall outside and sinks when too few do, so that the share of labels
 * inside comes to what was asked for even while the world drifts.
 *
 * <p>State: the level in use, how many residuals came, the residuals as they came.
 */
final class Conformal {

    static final int KEPT = 500;

    private static final int FEWEST = 20;
    private static final double STEP = 0.01;
    private static final int HEADER = 2;

    private final double level;
    private final double[] state = new double[HEADER + KEPT];
    private final double[] sorted = new double[KEPT];

    Conformal(double level) {
        this.level = level;
        state[0] = level;
    }

    /** Learns from a label and the score that was emitted for it. */
    void learn(double score, double label) {
        double residual = label - score;
        if (!(Math.abs(residual) <= Lesson.LARGEST)) {
            return;
        }
        if (state[1] >= FEWEST) {
            boolean inside = residual >= at((1 - state[0]) / 2) && residual <= at((1 + state[0]) / 2);
            state[0] = Math.min(1, Math.max(0, state[0] + STEP * (level - (inside ? 1 : 0))));
        }
        int slot = HEADER + (int) (state[1] % KEPT);
        int count = count();
        if (count == KEPT) {
            int gone = Arrays.binarySearch(sorted, 0, count, state[slot]);
            System.arraycopy(sorted, gone + 1, sorted, gone, count - gone - 1);
            count--;
        }
        int at = Arrays.binarySearch(sorted, 0, count, residual);
        int place = at < 0 ? -at - 1 : at;
        System.arraycopy(sorted, place, sorted, place + 1, count - place);
        sorted[place] = residual;
        state[slot] = residual;
        state[1]++;
    }

    /** The interval around the next score; null before {@value #FEWEST} labels. */
    @org.jspecify.annotations.Nullable
    Offsets offsets() {
        return state[1] < FEWEST ? null : new Offsets(at((1 - state[0]) / 2), at((1 + state[0]) / 2), level);
    }

    private int count() {
        return (int) Math.min(state[1], KEPT);
    }

    /** The residual below which the given share of them lies. */
    private double at(double share) {
        int count = count();
        int index = (int) Math.round(share * (count + 1)) - 1;
        return sorted[Math.min(count - 1, Math.max(0, index))];
    }

    double[] state() {
        return state;
    }

    void restored() {
        System.arraycopy(state, HEADER, sorted, 0, count());
        Arrays.sort(sorted, 0, count());
    }
}
