package io.tributary.schemas;

import java.util.Arrays;

/** What members said, gathered while their number is not known, nor whether there are several classes. */
final class MemberScores {

    private static final double[] NONE = {};

    private String[] names = new String[8];
    private double[] scores = new double[8];
    private double[][] classScores = new double[8][];
    private int size;

    void clear() {
        size = 0;
    }

    /**
     * Adds a member.
     *
     * @param score NaN if it is missing
     * @param ofClasses one a class; empty unless there are several
     */
    void add(String name, double score, double[] ofClasses) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            scores = Arrays.copyOf(scores, 2 * size);
            classScores = Arrays.copyOf(classScores, 2 * size);
        }
        names[size] = name;
        scores[size] = score;
        classScores[size++] = ofClasses;
    }

    String[] names() {
        return Arrays.copyOf(names, size);
    }

    /** As {@link Fields#readScore} has it. */
    double[] scores(int width) {
        if (width == 1) {
            return size == 0 ? NONE : Arrays.copyOf(scores, size);
        }
        double[] all = new double[size * width];
        for (int k = 0; k < size; k++) {
            for (int c = 0; c < width; c++) {
                all[k * width + c] = c < classScores[k].length ? classScores[k][c] : scores[k];
            }
        }
        return all;
    }
}
