package io.tributary.app.backtest;

import io.tributary.app.UserError;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.spec.LearningPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a backtest.
 *
 * @param recorded what was run over
 * @param plan of the first learner: what all have in common
 * @param reported the rows that figures are over
 * @param scorers the members, the incumbents, the plain average, the learners
 * @param against the names that every learner is compared with
 */
public record BacktestResult(
        Recorded recorded, LearningPlan plan, Reported reported, List<Scorer> scorers, List<String> against) {

    /**
     * Puts the best member and the plain average where no names are given.
     *
     * @throws UserError if a name is none of the scorers'
     */
    public BacktestResult {
        List<Scorer> members = Reported.of(scorers, Scorer.Kind.MEMBER);
        List<String> names = scorers.stream().map(Scorer::name).toList();
        for (String name : against) {
            if (!names.contains(name)) {
                throw new UserError("--against " + name + " is none of " + String.join(", ", names));
            }
        }
        if (against.isEmpty()) {
            Scorer uniform = scorers.get(names.indexOf(EnsembleMeasure.UNIFORM));
            against = List.of(reported.best(members, uniform).name(), EnsembleMeasure.UNIFORM);
        }
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

    Scorer best() {
        return reported.best(Reported.of(scorers, Scorer.Kind.MEMBER), uniform());
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
        return new ArrayList<>(Reported.of(scorers, Scorer.Kind.LEARNER));
    }
}
