package io.tributary.core.backtest;

import io.tributary.core.Prediction;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.learn.Ensemble;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Loss;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Chooses what a learner is told by cross-validation: every setting learns through all rows so far, and is judged on the
 * rows of the validation part in {@value #FOLDS} folds of consecutive rows. The default stays unless another setting
 * is better by more than one standard error of the difference over the folds (Breiman et al. 1984, section 3.4.3).
 */
public final class Tuning {

    private static final int FOLDS = 5;

    private static final double[] RATES = {0.01, 0.03, 0.1, 0.3, 1, 3, 10};
    private static final double[] SHARES = {0.0001, 0.001, 0.01, 0.05};
    private static final double[] SHRINKINGS = {0.25, 0.5, 0.75, 1};
    private static final double[] WINDOWS = {100, 1000, 10_000};
    private static final double[] LAMBDAS = {0, 0.5, 2};
    private static final double[] PRIORS = {0.001, 0.01, 0.1, 1, 10};
    private static final double[] FADINGS = {100, 1000, 10_000, Double.POSITIVE_INFINITY};

    private final Recording recording;
    private final LearningPlan plan;
    private final Ensemble ensemble;
    private final int from;
    private final List<LearnerSettings> others;

    /**
     * What was chosen.
     *
     * @param settings what the learner shall be told
     * @param loss its mean loss over the validation part
     * @param tried how many settings were compared; 1 if the learner has nothing to tune
     */
    public record Choice(LearnerSettings settings, double loss, int tried) {}

    private Tuning(Recording recording, LearningPlan plan, int from) {
        this.recording = recording;
        this.plan = plan;
        this.from = from;
        this.ensemble = Ensemble.of(plan);
        this.others = settings(plan, plan.learning().settings());
    }

    /**
     * A choice by the rows from {@code from} on whose labels were known before the recording's last row.
     *
     * @param recording nothing later than the validation part
     * @param plan with the learner and the defaults of its settings
     */
    public static Tuning of(Recording recording, LearningPlan plan, int from) {
        return new Tuning(recording, plan, from);
    }

    /** Chooses by the rows from {@code from} on, as {@link #of} says. */
    public static Choice choose(Recording recording, LearningPlan plan, int from) {
        return of(recording, plan, from).choose(tried -> {});
    }

    /** How many settings are compared; 1 if the learner has nothing to tune. */
    public int count() {
        return 1 + others.size();
    }

    /**
     * Chooses.
     *
     * @param progress told how many settings have been tried, after each
     */
    public Choice choose(IntConsumer progress) {
        LearnerSettings standard = plan.learning().settings();
        double[] standardFolds = folds(plan);
        LearnerSettings best = standard;
        double[] bestFolds = standardFolds;
        for (int i = 0; i < others.size(); i++) {
            progress.accept(i + 1);
            double[] folds = folds(with(plan, others.get(i)));
            if (mean(folds) < mean(bestFolds)) {
                best = others.get(i);
                bestFolds = folds;
            }
        }
        boolean isSure = mean(standardFolds) - mean(bestFolds) > standardError(standardFolds, bestFolds);
        return new Choice(isSure ? best : standard, mean(isSure ? bestFolds : standardFolds), count());
    }

    /** The plan with other settings. */
    public static LearningPlan with(LearningPlan plan, LearnerSettings settings) {
        LearningSpec learning = plan.learning();
        return plan.with(plan.fusion(), learning.with(learning.learner(), settings));
    }

    private List<LearnerSettings> settings(LearningPlan plan, LearnerSettings standard) {
        List<LearnerSettings> settings = new ArrayList<>();
        switch (plan.learning().learner()) {
            case "hedge" -> {
                for (double rate : rates(plan)) {
                    settings.add(standard.withEta(rate));
                }
            }
            case "fixed-share" -> {
                for (double rate : rates(plan)) {
                    for (double share : SHARES) {
                        settings.add(standard.withEta(rate).withAlpha(share));
                    }
                }
            }
            case "ogd" -> Arrays.stream(SHRINKINGS).forEach(each -> settings.add(standard.withAlpha(each)));
            case "accuracy" -> {
                for (double window : WINDOWS) {
                    for (double lambda : LAMBDAS) {
                        settings.add(standard.withWindow(window).withLambda(lambda));
                    }
                }
            }
            case "stack" -> {
                for (double prior : PRIORS) {
                    for (double fading : FADINGS) {
                        settings.add(standard.withPrior(prior).withWindow(fading));
                    }
                }
            }
            default -> {
                return settings;
            }
        }
        return settings;
    }

    /** Rates go against losses, so they are taken in units of what the plain average loses. */
    private double[] rates(LearningPlan plan) {
        if (plan.learning().loss() == Loss.LOG) {
            return RATES;
        }
        Fuser equal = plan.uniform();
        double sum = 0;
        int count = 0;
        for (int t = 0; t < from; t++) {
            if (ensemble.loss().accepts(recording.labels()[t])
                    && !Double.isNaN(equal.fuse(recording.scores()[t]))) {
                sum += ensemble.loss(equal.fused(), recording.labels()[t]);
                count++;
            }
        }
        double unit = sum > 0 ? sum / count : 1;
        return Arrays.stream(RATES).map(rate -> rate / unit).toArray();
    }

    /** The mean loss in each fold. */
    private double[] folds(LearningPlan plan) {
        double[] losses = new double[recording.rows()];
        Arrays.fill(losses, Double.NaN);
        boolean[] known = new boolean[recording.rows()];
        for (int row : recording.arrivals()) {
            known[row] = true;
        }
        new Backtest(recording).run(plan, (row, prediction) -> {
            double label = recording.labels()[row];
            if (row >= from && known[row] && ensemble.loss().accepts(label) && !Double.isNaN(prediction.score())) {
                losses[row] = ensemble.loss(emitted(prediction), label);
            }
        });
        double[] folds = new double[FOLDS];
        int[] counts = new int[FOLDS];
        for (int row = from; row < losses.length; row++) {
            int fold = (int) ((long) (row - from) * FOLDS / (losses.length - from));
            if (!Double.isNaN(losses[row])) {
                folds[fold] += losses[row];
                counts[fold]++;
            }
        }
        for (int i = 0; i < FOLDS; i++) {
            folds[i] = counts[i] == 0 ? Double.NaN : folds[i] / counts[i];
        }
        return folds;
    }

    /** The emitted score, or scores. */
    private static double[] emitted(Prediction prediction) {
        return prediction.classScores().length > 0 ? prediction.classScores() : new double[] {prediction.score()};
    }

    /** Over the folds that have labels; with late labels the last ones may have none. */
    private static double mean(double[] folds) {
        return Arrays.stream(folds)
                .filter(each -> !Double.isNaN(each))
                .average()
                .orElse(Double.NaN);
    }

    private static double standardError(double[] first, double[] second) {
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> first[i] - second[i]);
        double mean = mean(differences);
        double squares = 0;
        int count = 0;
        for (double each : differences) {
            if (!Double.isNaN(each)) {
                squares += (each - mean) * (each - mean);
                count++;
            }
        }
        return count < 2 ? 0 : StrictMath.sqrt(squares / (count - 1) / count);
    }
}
