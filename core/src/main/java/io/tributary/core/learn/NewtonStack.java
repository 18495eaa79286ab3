package io.tributary.core.learn;

import io.tributary.core.fusion.Link;

/**
 * A regression of the label on the members' scores, one Newton step a label: logistic on log-odds for classes (the
 * online Newton step, Hazan, Agarwal and Kale 2007), least squares on the scores themselves for numbers (recursive least
 * squares, Haykin 2002, chapter 9). It starts as the plain average, from which a Gaussian prior lets it go as labels
 * come. The inverse of the summed curvature is kept up to date by rank-one updates.
 *
 * <p>State: the scale of the scores, then coefficients and biases, then the inverse curvature row by row.
 */
final class NewtonStack {

    private static final double LEAST_CURVATURE = 1e-10;

    /** A label that is this many times the scores' scale away teaches nothing: it would undo all that is known. */
    private static final double FARTHEST = 1e6;

    /** How much of its direction's curvature a label may have brought, less than 1 by this, and still be taken out. */
    private static final double LEAST_LEFT = 1e-6;

    private final int members;
    private final int classes;
    private final int biases;
    private final int size;
    private final boolean logistic;
    private final double prior;
    private final double keep;
    private final boolean nonNegative;
    private final InverseCurvature curvature;
    private final double[] features;
    private final double[] direction;
    private final double[] step;

    /**
     * A stack.
     *
     * @param link the scale on which it adds scores up
     * @param prior the variance of the prior of each coefficient and bias, above 0
     * @param window after how many labels what it knows has faded to 1/e; infinite for never
     * @param nonNegative whether coefficients are kept at 0 or above
     */
    NewtonStack(int members, int classes, Link link, double prior, double window, boolean nonNegative) {
        this.members = members;
        this.classes = classes;
        this.biases = classes;
        this.size = members + biases;
        this.logistic = link != Link.IDENTITY;
        this.prior = prior;
        this.keep = 1 - 1 / window;
        this.nonNegative = nonNegative;
        this.curvature = new InverseCurvature(size);
        this.features = new double[size * classes];
        this.direction = new double[size];
        this.step = new double[size];
    }

    int stateSize() {
        return stateSize(members);
    }

    int stateSize(int forMembers) {
        int all = forMembers + biases;
        return 1 + all + all * all;
    }

    /** Takes up a state, perhaps of other members: a new member begins with the coefficient 0 and the prior's curvature. */
    void restore(double[] old, int[] oldIndexes, double[] state) {
        start(state);
        int oldMembers = 0;
        while (stateSize(oldMembers) < old.length) {
            oldMembers++;
        }
        int oldSize = oldMembers + biases;
        state[0] = old[0];
        for (int i = 0; i < size; i++) {
            int from = oldIndex(i, oldIndexes, oldMembers);
            state[1 + i] = from < 0 ? 0 : old[1 + from];
            for (int j = 0; j < size; j++) {
                int to = oldIndex(j, oldIndexes, oldMembers);
                if (from >= 0 && to >= 0) {
                    state[1 + size + i * size + j] = old[1 + oldSize + from * oldSize + to];
                }
            }
        }
    }

    private int oldIndex(int i, int[] oldIndexes, int oldMembers) {
        return i < members ? oldIndexes[i] : oldMembers + i - members;
    }

    void start(double[] state) {
        java.util.Arrays.fill(state, 0);
        for (int k = 0; k < members; k++) {
            state[1 + k] = 1.0 / members;
        }
        for (int i = 0; i < size; i++) {
            state[1 + size + i * size + i] = prior;
        }
    }

    /** Reads the coefficients off a state. */
    void coefficients(double[] state, double[] into) {
        System.arraycopy(state, 1, into, 0, members);
    }

    /** Reads the biases off a state: one number, or one a class, in the scores' unit. */
    void biases(double[] state, double[] into) {
        for (int c = 0; c < biases; c++) {
            into[c] = state[1 + members + c] * (logistic ? 1 : Math.max(state[0], Double.MIN_NORMAL));
        }
    }

    /**
     * Folds one label in.
     *
     * @param places the members' scores on the link's scale, those that did not answer filled in, {@code classes} a member
     * @param fused what the state's coefficients make of them: one number, or one a class
     */
    void update(double[] state, double[] places, double[] fused, double label, double importance) {
        if (!logistic && state[0] == 0) {
            state[0] = scale(places);
        }
        double unit = logistic ? 1 : 1 / state[0];
        double largest = describe(places, unit);
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, Math.abs(residual(fused, label, c)) * unit);
        }
        if (!(largest <= FARTHEST)) {
            return;
        }
        if (keep != 1) {
            curvature.fade(state, keep, prior);
        }
        if (classes > 1) {
            centre(fused);
        }
        for (int c = 0; c < classes; c++) {
            double p = fused[c];
            double weight = !logistic ? 1 : classes == 1 ? p * (1 - p) : p;
            curvature.sharpen(state, features, c, importance * Math.max(weight, LEAST_CURVATURE));
        }
        move(state, fused, label, importance, unit);
    }

    /** Makes the features of the scores; the largest of them, or NaN. */
    private double describe(double[] places, double unit) {
        double largest = 0;
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < members; k++) {
                features[c * size + k] = places[k * classes + c] * unit;
                largest = Math.max(largest, Math.abs(features[c * size + k]));
            }
            for (int b = 0; b < biases; b++) {
                features[c * size + members + b] = b == c ? 1 : 0;
            }
        }
        return largest;
    }

    /**
     * Changes or takes out a label. Least squares sums over labels, so this is exact whatever came in between: another
     * label moves the coefficients by the inverse curvature, and a label that goes takes its curvature along. Where old
     * labels fade, coefficients are kept at 0 or curvatures depend on the coefficients of the time it is not.
     *
     * @return false if it cannot be had exactly, in which case nothing has changed
     */
    boolean revise(double[] state, double[] places, Revision revision) {
        if (logistic || keep != 1 || nonNegative || classes != 1 || state[0] == 0) {
            return false;
        }
        double unit = 1 / state[0];
        double before = revision.before() * unit;
        double after = revision.after() * unit;
        double removed = isFar(before) ? 0 : revision.importanceBefore();
        double added = isFar(after) ? 0 : revision.importanceAfter();
        // The first label has set the scale, without which nothing would be as it is.
        boolean mayBeTheFirst = added == 0 && scale(places) == state[0];
        if (!(describe(places, unit) <= FARTHEST) || isNearlyFar(before) || isNearlyFar(after) || mayBeTheFirst) {
            return false;
        }
        if (1 + (added - removed) * curvature.along(state, features, 0) < LEAST_LEFT) {
            return false;
        }
        double fused = sum(state);
        double residual = (added == 0 ? 0 : added * (after - fused)) - (removed == 0 ? 0 : removed * (before - fused));
        if (added != removed) {
            curvature.sharpen(state, features, 0, added - removed);
        }
        for (int i = 0; i < size; i++) {
            direction[i] = residual * features[i];
        }
        step(state);
        return true;
    }

    /** Whether a label teaches nothing, whatever the scores were fused to. */
    private static boolean isFar(double label) {
        return Math.abs(label) > 2 * FARTHEST;
    }

    /** Whether it depends on that. */
    private static boolean isNearlyFar(double label) {
        return Math.abs(label) > FARTHEST / 2 && !isFar(label);
    }

    /** What the coefficients and the bias make of the features of the first class. */
    private double sum(double[] state) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += state[1 + i] * features[i];
        }
        return sum;
    }

    private double residual(double[] fused, double label, int c) {
        return (classes == 1 ? label : c == (int) label ? 1 : 0) - fused[c];
    }

    private void move(double[] state, double[] fused, double label, double importance, double unit) {
        java.util.Arrays.fill(direction, 0);
        for (int c = 0; c < classes; c++) {
            double residual = importance * residual(fused, label, c) * unit;
            for (int i = 0; i < size; i++) {
                direction[i] += residual * features[c * size + i];
            }
        }
        step(state);
    }

    /** Moves the coefficients along the direction, as far as the inverse curvature says. */
    private void step(double[] state) {
        curvature.times(state, direction, step);
        for (int i = 0; i < size; i++) {
            double moved = state[1 + i] + step[i];
            state[1 + i] = nonNegative && i < members ? Math.max(0, moved) : moved;
        }
    }

    /** Subtracts from each class's features their mean under the fused probabilities. */
    private void centre(double[] fused) {
        for (int i = 0; i < size; i++) {
            double mean = 0;
            for (int c = 0; c < classes; c++) {
                mean += fused[c] * features[c * size + i];
            }
            for (int c = 0; c < classes; c++) {
                features[c * size + i] -= mean;
            }
        }
    }

    private static double scale(double[] places) {
        double sum = 0;
        for (double place : places) {
            sum += Math.abs(place);
        }
        return sum > 0 ? sum / places.length : 1;
    }
}
