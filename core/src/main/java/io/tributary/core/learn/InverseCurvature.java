package io.tributary.core.learn;

/**
 * The inverse of a summed curvature, kept up to date by rank-one updates: row by row in a state, behind a number and as
 * many others as it has rows.
 */
final class InverseCurvature {

    private final int size;
    private final double[] direction;

    /** One of so many rows. */
    InverseCurvature(int size) {
        this.size = size;
        this.direction = new double[size];
    }

    /** The variance along the c-th of the vectors. */
    double along(double[] state, double[] vectors, int c) {
        int matrix = 1 + size;
        double along = 0;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += state[matrix + i * size + j] * vectors[c * size + j];
            }
            direction[i] = sum;
            along += sum * vectors[c * size + i];
        }
        return along;
    }

    /**
     * Adds the outer product of the c-th of the vectors to the curvature, by the formula of Sherman and Morrison.
     *
     * @param curvature how often; below 0 to take it out, which must leave the rest positive
     */
    void sharpen(double[] state, double[] vectors, int c, double curvature) {
        double factor = curvature / (1 + curvature * along(state, vectors, c));
        int matrix = 1 + size;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double value = state[matrix + i * size + j] - factor * direction[i] * direction[j];
                state[matrix + i * size + j] = value;
                state[matrix + j * size + i] = value;
            }
        }
    }

    /**
     * Old labels count less: of what is sure, a share is given back to the prior. It never goes past the prior, whatever
     * directions labels leave alone.
     *
     * @param keep the share that is kept
     */
    void fade(double[] state, double keep, double prior) {
        int matrix = 1 + size;
        for (int i = 0; i < size * size; i++) {
            state[matrix + i] *= keep;
        }
        for (int i = 0; i < size; i++) {
            state[matrix + i * size + i] += (1 - keep) * prior;
        }
    }

    /** Multiplies a vector. */
    void times(double[] state, double[] vector, double[] into) {
        int matrix = 1 + size;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += state[matrix + i * size + j] * vector[j];
            }
            into[i] = sum;
        }
    }
}
