package io.tributary.members;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import java.util.List;

/** Compiled rules, tried in order for each row. */
final class RulesMember implements Member {

    /** A condition and the score that it gives where it holds. */
    record Rule(Program when, double score) {}

    private final Rule[] rules;
    private final double otherwise;
    private final ColumnPlan plan;
    private final RowVariables variables;

    RulesMember(List<Rule> rules, double otherwise, ColumnPlan plan, RowVariables variables) {
        this.rules = rules.toArray(Rule[]::new);
        this.otherwise = otherwise;
        this.plan = plan;
        this.variables = variables;
    }

    @Override
    public void score(FeatureBatch batch, double[] scores) {
        plan.requireFit(batch);
        for (int row = 0; row < batch.rows(); row++) {
            variables.moveTo(batch, row);
            scores[row] = score();
        }
    }

    private double score() {
        try {
            for (Rule rule : rules) {
                Object holds = rule.when().eval(variables);
                if (!(holds instanceof Boolean)) {
                    // Only what CEL calls dyn gets past the compiler with another type.
                    return Double.NaN;
                }
                if ((boolean) holds) {
                    return rule.score();
                }
            }
            return otherwise;
        } catch (CelEvaluationException rowHasNoScore) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {}
}
