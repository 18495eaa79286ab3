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
        fade(state);
        if (classes > 1) {
            centre(fused);
        }
        for (int c = 0; c < classes; c++) {
            double p = fused[c];
            double curvature = !logistic ? 1 : classes == 1 ? p * (1 - p) : p;
            sharpen(state, c, importance * Math.max(curvature, LEAST_CURVATURE));
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
        double largest = Math.max(describe(places, unit), Math.abs(revision.before()) * unit);
        largest = revision.isRetraction() ? largest : Math.max(largest, Math.abs(revision.after()) * unit);
        // A label far away has taught nothing, and the first label has set the scale.
        boolean mayHaveSetTheScale = scale(places) == state[0];
        if (!(largest <= FARTHEST / 2) || (revision.isRetraction() && mayHaveSetTheScale)) {
            return false;
        }
        double change = revision.importanceAfter() - revision.importanceBefore();
        if (revision.isRetraction()) {
            change = -revision.importanceBefore();
        }
        if (1 + change * along(state, 0) < LEAST_LEFT) {
            return false;
        }
        double residual = -revision.importanceBefore() * (revision.before() * unit - sum(state));
        if (!revision.isRetraction()) {
            residual += revision.importanceAfter() * (revision.after() * unit - sum(state));
        }
        if (change != 0) {
            sharpen(state, 0, change);
        }
        for (int i = 0; i < size; i++) {
            direction[i] = residual * features[i];
        }
        step(state);
        return true;
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
        int matrix = 1 + size;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += state[matrix + i * size + j] * direction[j];
            }
            step[i] = sum;
        }
        for (int i = 0; i < size; i++) {
            double moved = state[1 + i] + step[i];
            state[1 + i] = nonNegative && i < members ? Math.max(0, moved) : moved;
        }
    }

    /**
     * Old labels count less: of what is sure, a share is given back to the prior. It never goes past the prior, whatever
     * directions labels leave alone.
     */
    private void fade(double[] state) {
        if (keep == 1) {
            return;
        }
        int matrix = 1 + size;
        for (int i = 0; i < size * size; i++) {
            state[matrix + i] *= keep;
        }
        for (int i = 0; i < size; i++) {
            state[matrix + i * size + i] += (1 - keep) * prior;
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

    /** Adds a feature vector's outer product to the curvature, by the formula of Sherman and Morrison. */
    private void sharpen(double[] state, int c, double curvature) {
        double factor = curvature / (1 + curvature * along(state, c));
        int matrix = 1 + size;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double value = state[matrix + i * size + j] - factor * direction[i] * direction[j];
                state[matrix + i * size + j] = value;
                state[matrix + j * size + i] = value;
            }
        }
    }

    /** The variance along a feature vector; the direction becomes the inverse curvature times that vector. */
    private double along(double[] state, int c) {
        int matrix = 1 + size;
        double along = 0;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += state[matrix + i * size + j] * features[c * size + j];
            }
            direction[i] = sum;
            along += sum * features[c * size + i];
        }
        return along;
    }

    private static double scale(double[] places) {
        double sum = 0;
        for (double place : places) {
            sum += Math.abs(place);
        }
        return sum > 0 ? sum / places.length : 1;
    }
}
