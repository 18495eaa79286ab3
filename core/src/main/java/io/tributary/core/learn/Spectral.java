package io.tributary.core.learn;

import java.util.Arrays;

/**
 * Ranks the members of a binary ensemble without a single label (Parisi, Strino, Nadler and Kluger 2014, "Ranking and
 * combining multiple predictors without labeled data"). Where members err independently given the truth, what two of them
 * have in common is the truth: the correlation of their scores is the product of how well each tells the classes apart. So
 * the correlations form a matrix of rank one, but for its diagonal, and its leading eigenvector holds how good each member
 * is. Correlations are taken in place of covariances, so that a member's scale plays no role.
 *
 * <p>It supposes that more members are right than wrong, and it knows members that copy each other as good ones. With
 * fewer than three there is nothing to tell them apart by.
 *
 * <p>Moments are kept for each pair, over the events for which both answered, as Welford does it. The same scores in the
 * same order give the same bits. Not for several threads.
 */
public final class Spectral {

    private static final int FEWEST_MEMBERS = 3;
    private static final int ITERATIONS = 500;

    private final int members;
    private final double[] counts;
    private final double[] means;
    private final double[] products;

    /** Nothing has been seen of that many members. */
    public Spectral(int members) {
        this.members = members;
        this.counts = new double[members * members];
        this.means = new double[members * members];
        this.products = new double[members * members];
    }

    /**
     * Takes in an event's scores.
     *
     * @param scores on any scale; NaN for a member that did not answer
     */
    public void observe(double[] scores) {
        for (int i = 0; i < members; i++) {
            for (int j = 0; j <= i && !Double.isNaN(scores[i]); j++) {
                if (!Double.isNaN(scores[j])) {
                    observe(i, j, scores);
                }
            }
        }
    }

    /** The mean of i over the events of the pair stands at (i, j), that of j at (j, i), their product at (i, j). */
    private void observe(int i, int j, double[] scores) {
        int at = i * members + j;
        int mirrored = j * members + i;
        counts[at]++;
        double off = scores[i] - means[at];
        means[at] += off / counts[at];
        if (i != j) {
            means[mirrored] += (scores[j] - means[mirrored]) / counts[at];
        }
        products[at] += off * (scores[j] - means[mirrored]);
    }

    /**
     * How much each member should weigh: as it tells the classes apart, and nothing if it does so worse than by chance.
     *
     * @param into filled with weights that sum to 1; equal ones where nothing can be said
     */
    public void weights(double[] into) {
        double[] vector = leadingVector();
        double sum = 0;
        for (double each : vector) {
            sum += each;
        }
        double sign = Math.signum(sum);
        double all = 0;
        for (int k = 0; k < members; k++) {
            into[k] = Math.max(0, sign * vector[k]);
            all += into[k];
        }
        for (int k = 0; k < members; k++) {
            into[k] = all > 0 ? into[k] / all : 1.0 / members;
        }
    }

    /**
     * By power iteration, from the row of the member that has most in common with the others. The diagonal, of which
     * correlations say nothing, is made to fit the vector as this one comes out (principal axis factoring).
     */
    private double[] leadingVector() {
        double[] vector = new double[members];
        if (members < FEWEST_MEMBERS) {
            return vector;
        }
        double[] matrix = correlations();
        double most = 0;
        for (int i = 0; i < members; i++) {
            double[] row = Arrays.copyOfRange(matrix, i * members, (i + 1) * members);
            double length = length(row);
            if (length > most) {
                most = length;
                vector = row;
                vector[i] = length;
            }
        }
        double[] next = new double[members];
        for (int n = 0; n < ITERATIONS && most > 0; n++) {
            double scale = length(vector);
            for (int i = 0; i < members; i++) {
                vector[i] /= scale;
            }
            for (int i = 0; i < members; i++) {
                next[i] = 0;
                for (int j = 0; j < members; j++) {
                    next[i] += matrix[i * members + j] * vector[j];
                }
            }
            most = length(next);
            for (int i = 0; i < members; i++) {
                matrix[i * members + i] = Math.min(1, most * vector[i] * vector[i]);
            }
            double[] before = vector;
            vector = next;
            next = before;
        }
        return vector;
    }

    /** The correlations of each two members, 0 where there are none yet or one of them never changes, and on the diagonal. */
    private double[] correlations() {
        double[] matrix = new double[members * members];
        for (int i = 0; i < members; i++) {
            for (int j = 0; j < i; j++) {
                double ofBoth = spread(i) * spread(j);
                double count = counts[i * members + j];
                double correlation = ofBoth > 0 && count > 1 ? products[i * members + j] / count / ofBoth : 0;
                matrix[i * members + j] = correlation;
                matrix[j * members + i] = correlation;
            }
        }
        return matrix;
    }

    private double spread(int member) {
        int at = member * members + member;
        return counts[at] > 1 ? StrictMath.sqrt(Math.max(0, products[at] / counts[at])) : 0;
    }

    private static double length(double[] vector) {
        double sum = 0;
        for (double each : vector) {
            sum += each * each;
        }
        return StrictMath.sqrt(sum);
    }
}
