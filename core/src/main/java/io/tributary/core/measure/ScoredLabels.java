package io.tributary.core.measure;

import io.tributary.core.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of one scorer beside the labels, kept whole so that every figure is exact. For tools and tests; the planes
 * use histograms instead.
 */
public final class ScoredLabels {

    private final Measure measure;
    private final boolean ranked;
    private final double[] one = new double[1];
    private double[] positives = new double[256];
    private double[] negatives = new double[1024];
    private int positiveCount;
    private int negativeCount;
    private int labelled;

    /** For a binary task with a threshold of one half. */
    public ScoredLabels(double clip) {
        this(Task.BINARY, 1, clip, 0.5, Double.NaN);
    }

    /**
     * Holds nothing yet.
     *
     * @param classes how many numbers a score is: the number of classes if there are several, else 1
     * @param clip scores are kept this far from 0 and 1 for the log loss
     * @param threshold the score from which on an event is held to be positive
     * @param quantile for that task only
     */
    public ScoredLabels(Task task, int classes, double clip, double threshold, double quantile) {
        this.measure = Measure.of(task, classes, clip, threshold, quantile);
        this.ranked = task == Task.BINARY;
    }

    /** Adds an event with a score of one number; a NaN score counts as not answered. */
    public void add(double score, double label) {
        one[0] = score;
        add(one, 0, label);
    }

    /**
     * Adds an event; one without a label is left out.
     *
     * @param scores where the score's numbers begin at index {@code at}; NaN counts as not answered
     */
    public void add(double[] scores, int at, double label) {
        if (Double.isNaN(label)) {
            return;
        }
        labelled++;
        measure.observe(scores, at, label);
        if (!ranked || Double.isNaN(scores[at])) {
            return;
        }
        if (label > 0.5) {
            positives = withRoom(positives, positiveCount);
            positives[positiveCount++] = scores[at];
        } else {
            negatives = withRoom(negatives, negativeCount);
            negatives[negativeCount++] = scores[at];
        }
    }

    private static double[] withRoom(double[] scores, int count) {
        return count == scores.length ? Arrays.copyOf(scores, 2 * count) : scores;
    }

    /** The exact figures. Tied scores count as one step of the curves. */
    public Figures figures(String scorer) {
        Figures figures = measure.figures(scorer, labelled);
        if (!ranked) {
            return figures;
        }
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.putAll(figures.values());
        values.remove(Figure.AVERAGE_PRECISION);
        values.remove(Figure.AUC);
        if (positiveCount > 0 && negativeCount > 0) {
            rank(values);
        }
        return new Figures(scorer, figures.count(), figures.answered(), values, figures.calibration());
    }

    private void rank(Map<Figure, Double> values) {
        double[] sums = new double[2];
        descend((hits, misses, tiedHits, tiedMisses) -> {
            sums[0] += tiedHits * ((double) hits / (hits + misses));
            sums[1] += tiedMisses * (hits - tiedHits / 2.0);
        });
        values.put(Figure.AVERAGE_PRECISION, sums[0] / positiveCount);
        values.put(Figure.AUC, sums[1] / ((double) positiveCount * negativeCount));
    }

    /** Sees the thresholds from the highest score down: what lies at or above each, and what of that lies on it. */
    private interface Step {
        void at(int hits, int misses, int tiedHits, int tiedMisses);
    }

    private void descend(Step step) {
        double[] highest = Arrays.copyOf(positives, positiveCount);
        double[] others = Arrays.copyOf(negatives, negativeCount);
        Arrays.sort(highest);
        Arrays.sort(others);
        int hit = positiveCount - 1;
        int miss = negativeCount - 1;
        while (hit >= 0 || miss >= 0) {
            double threshold = miss < 0 || hit >= 0 && highest[hit] > others[miss] ? highest[hit] : others[miss];
            int hitBefore = hit;
            int missBefore = miss;
            while (hit >= 0 && highest[hit] == threshold) {
                hit--;
            }
            while (miss >= 0 && others[miss] == threshold) {
                miss--;
            }
            step.at(positiveCount - 1 - hit, negativeCount - 1 - miss, hitBefore - hit, missBefore - miss);
        }
    }

    /**
     * The precision-recall curve, thinned out evenly in recall; its first and last points stay.
     *
     * @param most the most points, from 3
     * @return recall and precision, point after point, recall rising; empty if there are no positives
     */
    public List<double[]> precisionRecall(int most) {
        List<double[]> points = new ArrayList<>();
        int cells = most - 2;
        double[] next = {0};
        descend((hits, misses, tiedHits, tiedMisses) -> {
            double recall = (double) hits / positiveCount;
            boolean isLast = hits == positiveCount && misses == negativeCount;
            if (positiveCount > 0 && (points.isEmpty() || isLast || recall >= next[0])) {
                points.add(new double[] {recall, (double) hits / (hits + misses)});
                next[0] = (Math.floor(recall * cells) + 1) / cells;
            }
        });
        return points;
    }
}
