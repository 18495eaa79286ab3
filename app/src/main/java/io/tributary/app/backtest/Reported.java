package io.tributary.app.backtest;

import io.tributary.core.Prediction;
import io.tributary.core.backtest.Recording;
import io.tributary.core.learn.Ensemble;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.ScoredLabels;
import io.tributary.core.spec.LearningPlan;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are reported: the labelled ones from some row on, all of them or those that every member answered. Not for
 * several threads.
 */
public final class Reported {

    private final LearningPlan plan;
    private final Recording recording;
    private final int from;
    private final int[] rows;
    private final boolean[] isReported;
    private final Ensemble ensemble;
    private final double[] score;

    /**
     * The rows of a recording that are reported.
     *
     * @param complete whether only those that every member answered are
     */
    Reported(LearningPlan plan, Recording recording, int from, boolean complete) {
        this.plan = plan;
        this.rows = IntStream.range(from, recording.rows())
                .filter(t -> !Double.isNaN(recording.labels()[t])
                        && !(complete && Arrays.stream(recording.scores()[t]).anyMatch(Double::isNaN)))
                .toArray();
        this.recording = recording;
        this.from = from;
        this.isReported = new boolean[recording.rows()];
        for (int t : rows) {
            isReported[t] = true;
        }
        this.ensemble = Ensemble.of(plan);
        this.score = new double[plan.classes()];
    }

    int from() {
        return from;
    }

    /** The labelled rows. */
    int[] rows() {
        return rows;
    }

    /** A scorer's figures, exactly. */
    Figures figures(String name, double[] scores, Prediction.@Nullable Interval @Nullable [] intervals) {
        Figures figures = scored(scores).figures(name);
        if (intervals == null) {
            return figures;
        }
        int held = 0;
        int emitted = 0;
        double width = 0;
        for (int t : rows()) {
            Prediction.Interval interval = intervals[t];
            double label = recording.labels()[t];
            if (interval != null) {
                emitted++;
                held += interval.lower() <= label && label <= interval.upper() ? 1 : 0;
                width += interval.upper() - interval.lower();
            }
        }
        if (emitted == 0) {
            return figures;
        }
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        values.putAll(figures.values());
        values.put(Figure.COVERAGE, (double) held / emitted);
        values.put(Figure.INTERVAL_WIDTH, width / emitted);
        return new Figures(name, figures.count(), figures.answered(), values, figures.calibration());
    }

    /** A scorer's scores beside the labels. */
    ScoredLabels scored(double[] scores) {
        ScoredLabels scored = new ScoredLabels(
                plan.task(),
                plan.classes(),
                plan.fusion().clip(),
                plan.threshold(),
                plan.learning().loss().quantile());
        for (int t : rows) {
            scored.add(scores, t * plan.classes(), recording.labels()[t]);
        }
        return scored;
    }

    /** How many rows are labelled. */
    int labelled() {
        return rows.length;
    }

    /**
     * A scorer's loss on a row; NaN where it has no score, the row no label that the loss is defined for, or the row is
     * not reported.
     */
    double loss(double[] scores, int row) {
        double label = recording.labels()[row];
        System.arraycopy(scores, row * score.length, score, 0, score.length);
        return !isReported[row] || Double.isNaN(score[0]) || !ensemble.loss().accepts(label)
                ? Double.NaN
                : ensemble.loss(score, label);
    }

    /**
     * The member that gained most on the plain average over the rows that it answered: where all answer, the one whose
     * loss is least.
     */
    Scorer best(List<Scorer> members, Scorer uniform) {
        Scorer best = members.get(0);
        double most = Double.NEGATIVE_INFINITY;
        for (Scorer member : members) {
            double gain = 0;
            for (int t : rows) {
                double own = loss(member.scores(), t);
                gain += Double.isNaN(own) ? 0 : loss(uniform.scores(), t) - own;
            }
            if (gain > most) {
                most = gain;
                best = member;
            }
        }
        return best;
    }
}
