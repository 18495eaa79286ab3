package io.tributary.core.fusion;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The scores that have a part in the fusion: those of shadows count as missing. Reuses its buffer: not for several threads. */
public final class Voters {

    private final boolean[] shadow;
    private final boolean anyShadow;
    private final int width;
    private final double[] scores;

    /**
     * The voters among the given members.
     *
     * @param shadows the names of those that have no part
     * @param width how many numbers a score is, from 1
     */
    public Voters(List<String> members, Collection<String> shadows, int width) {
        this.shadow = new boolean[members.size()];
        boolean any = false;
        for (int k = 0; k < shadow.length; k++) {
            shadow[k] = shadows.contains(members.get(k));
            any |= shadow[k];
        }
        this.anyShadow = any;
        this.width = width;
        this.scores = new double[shadow.length * width];
    }

    /** Whether a member has a part in the fusion. */
    public boolean isVoter(int member) {
        return !shadow[member];
    }

    /**
     * The scores with those of shadows as NaN: the same array where there are no shadows, else one that is reused.
     *
     * @param all {@code width} numbers a member; left as they are
     */
    public double[] of(double[] all) {
        if (!anyShadow) {
            return all;
        }
        System.arraycopy(all, 0, scores, 0, scores.length);
        for (int k = 0; k < shadow.length; k++) {
            if (shadow[k]) {
                Arrays.fill(scores, k * width, (k + 1) * width, Double.NaN);
            }
        }
        return scores;
    }
}
