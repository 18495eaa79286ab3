package io.tributary.app.backtest;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.report.Journal;
import io.tributary.core.Prediction;
import io.tributary.core.backtest.Backtest;
import io.tributary.core.backtest.Recording;
import io.tributary.core.backtest.Tuning;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Figures;
import io.tributary.core.spec.LearningPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs members, the plain average and learners over one recording. */
public final class BacktestRun {

    private final Recorded recorded;
    private final Recording recording;
    private final Scope scope;
    private final boolean keepsWeights;
    private final Journal journal;

    /**
     * Which rows are for what; learners learn from all of them.
     *
     * @param warmup how many rows at the beginning are left out of the figures
     * @param validation the share of the rows before the held-out ones that settings are chosen by, in [0, 1); 0 to
     *     choose none
     * @param holdout the share of the rows at the end that alone are reported, in [0, 1); 0 to report all
     * @param complete whether only the rows that every member answered are reported
     */
    public record Scope(int warmup, double validation, double holdout, boolean complete) {

        /** All rows are reported, and no settings are chosen. */
        public static final Scope ALL = new Scope(0, 0, 0, false);

        int reportedFrom(int rows) {
            return Math.max(warmup, holdout == 0 ? 0 : rows - (int) Math.ceil(holdout * rows));
        }

        int validatedFrom(int rows) {
            return rows - (int) Math.ceil(holdout * rows) - (int) Math.ceil(validation * rows);
        }
    }

    /**
     * A run.
     *
     * @param keepsWeights whether the weights of every row will be asked for; they take the most memory
     * @param journal told how each learner comes along
     */
    public BacktestRun(Recorded recorded, Scope scope, boolean keepsWeights, Journal journal) {
        this.recorded = recorded;
        this.recording = recorded.recording();
        this.scope = scope;
        this.keepsWeights = keepsWeights;
        this.journal = journal;
    }

    /**
     * Runs.
     *
     * @param plans one a learner, for the recording's members, of one task
     * @param against the names that every learner is compared with; empty for the best member and the plain average
     * @throws UserError if no row is left to report
     */
    public BacktestResult run(List<LearningPlan> plans, List<String> against) {
        LearningPlan any = plans.get(0);
        int from = scope.reportedFrom(recording.rows());
        if (from >= recording.rows()) {
            throw new UserError("of " + recording.rows() + " rows the first " + from
                    + " are left out, so none is reported; lower --warmup");
        }
        Reported reported = new Reported(any, recording, from, scope.complete());
        if (reported.labelled() == 0) {
            throw new UserError("none of the rows that would be reported has a label"
                    + (scope.complete() ? " and every member's score" : "") + "; there is nothing to measure by");
        }
        List<Scorer> scorers = new ArrayList<>();
        for (int k = 0; k < any.members().size(); k++) {
            scorers.add(scorer(any.members().get(k), Scorer.Kind.MEMBER, member(k, any.classes()), reported, null));
        }
        for (int i = 0; i < recorded.incumbents().size(); i++) {
            scorers.add(scorer(
                    recorded.incumbents().get(i),
                    Scorer.Kind.INCUMBENT,
                    recorded.incumbentScores()[i],
                    reported,
                    null));
        }
        scorers.add(scorer(EnsembleMeasure.UNIFORM, Scorer.Kind.UNIFORM, uniform(any), reported, null));
        for (LearningPlan plan : plans) {
            long start = System.nanoTime();
            scorers.add(learner(plan, reported));
            journal.done(String.format(
                    java.util.Locale.ROOT,
                    "%s over %,d rows in %.1f s",
                    plan.learning().learner(),
                    recording.rows(),
                    (System.nanoTime() - start) / 1e9));
        }
        return BacktestResult.of(recorded, any, reported, scorers, against);
    }

    private static Scorer scorer(
            String name, Scorer.Kind kind, double[] scores, Reported reported, Scorer.@Nullable Run run) {
        Figures figures = reported.figures(name, scores, run == null ? null : run.intervals());
        return new Scorer(name, kind, scores, figures, run);
    }

    private double[] member(int k, int classes) {
        double[] scores = new double[recording.rows() * classes];
        for (int t = 0; t < recording.rows(); t++) {
            System.arraycopy(recording.scores()[t], k * classes, scores, t * classes, classes);
        }
        return scores;
    }

    private double[] uniform(LearningPlan plan) {
        Fuser equal = plan.uniform();
        double[] scores = new double[recording.rows() * plan.classes()];
        for (int t = 0; t < recording.rows(); t++) {
            equal.fuse(recording.scores()[t]);
            System.arraycopy(equal.fused(), 0, scores, t * plan.classes(), plan.classes());
        }
        return scores;
    }

    private Scorer learner(LearningPlan asked, Reported reported) {
        Tuning.Choice tuned = tune(asked);
        LearningPlan plan = tuned == null ? asked : Tuning.with(asked, tuned.settings());
        int classes = plan.classes();
        double[] scores = new double[recording.rows() * classes];
        Arrays.fill(scores, Double.NaN);
        double[][] weights = new double[keepsWeights ? recording.rows() : 0][];
        Prediction.@Nullable Interval[] intervals = new Prediction.Interval[recording.rows()];
        try (Journal.Gauge gauge = journal.begin("rows by " + plan.learning().learner(), recording.rows())) {
            WeightFold learned = new Backtest(recording).fit(plan, (row, prediction) -> {
                if (classes == 1) {
                    scores[row] = prediction.score();
                } else {
                    System.arraycopy(prediction.classScores(), 0, scores, row * classes, classes);
                }
                if (keepsWeights) {
                    weights[row] = prediction.weights();
                }
                intervals[row] = prediction.interval();
                gauge.at(row);
            });
            return scorer(
                    plan.learning().learner(),
                    Scorer.Kind.LEARNER,
                    scores,
                    reported,
                    new Scorer.Run(weights, intervals, learned, tuned));
        }
    }

    private Tuning.@Nullable Choice tune(LearningPlan plan) {
        if (scope.validation() == 0) {
            return null;
        }
        int from = scope.validatedFrom(recording.rows());
        int to = recording.rows() - (int) Math.ceil(scope.holdout() * recording.rows());
        if (from < 1 || to - from < 5) {
            throw new UsageError("--holdout and --validation leave rows " + Math.max(0, from) + " to " + to + " of "
                    + recording.rows() + " to choose by, which are too few; lower them or take more rows");
        }
        Tuning.Choice choice = choose(recording.first(to), plan, from);
        return choice.tried() == 1 ? null : choice;
    }

    private Tuning.Choice choose(Recording known, LearningPlan plan, int from) {
        Tuning tuning = Tuning.of(known, plan, from);
        String what = "settings of " + plan.learning().learner();
        try (Journal.Gauge gauge = journal.begin(what, tuning.count())) {
            return tuning.choose(gauge::at);
        }
    }
}
