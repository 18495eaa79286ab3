package io.tributary.app.backtest;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.spec.LearningPlan;
import java.util.List;

/**
 * What came of a backtest.
 *
 * @param recorded what was run over
 * @param plan of the first learner: what all have in common
 * @param reported the rows that figures are over
 * @param scorers the members, the incumbents, the plain average, the learners
 * @param best the member that hindsight would have chosen
 * @param against the names that every learner is compared with
 */
public record BacktestResult(
        Recorded recorded,
        LearningPlan plan,
        Reported reported,
        List<Scorer> scorers,
        Scorer best,
        List<String> against) {

    /**
     * Finds the best member.
     *
     * @param against the names to compare with; empty for the best member and the plain average
     * @throws UserError if a name is none of the scorers'
     */
    static BacktestResult of(
            Recorded recorded, LearningPlan plan, Reported reported, List<Scorer> scorers, List<String> against) {
        List<String> names = scorers.stream().map(Scorer::name).toList();
        for (String name : against) {
            if (!names.contains(name)) {
                throw new UsageError("--against " + name + " is none of " + String.join(", ", names));
            }
        }
        Scorer uniform = scorers.get(names.indexOf(EnsembleMeasure.UNIFORM));
        Scorer best = reported.best(of(scorers, Scorer.Kind.MEMBER), uniform);
        return new BacktestResult(
                recorded,
                plan,
                reported,
                scorers,
                best,
                against.isEmpty() ? List.of(best.name(), EnsembleMeasure.UNIFORM) : against);
    }

    /** The scorer of a name. */
    Scorer scorer(String name) {
        for (Scorer scorer : scorers) {
            if (scorer.name().equals(name)) {
                return scorer;
            }
        }
        throw new IllegalArgumentException("there is no scorer " + name);
    }

    Scorer uniform() {
        return scorer(EnsembleMeasure.UNIFORM);
    }

    /** What the given learner knew in the end. */
    public WeightFold learned(int learner) {
        Scorer.Run run = learners().get(learner).run();
        if (run == null) {
            throw new IllegalStateException("a learner has not run");
        }
        return run.learned();
    }

    List<Scorer> learners() {
        return of(scorers, Scorer.Kind.LEARNER);
    }

    List<Scorer> incumbents() {
        return of(scorers, Scorer.Kind.INCUMBENT);
    }

    private static List<Scorer> of(List<Scorer> scorers, Scorer.Kind kind) {
        return scorers.stream().filter(scorer -> scorer.kind() == kind).toList();
    }
}
