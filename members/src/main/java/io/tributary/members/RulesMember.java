package io.tributary.members;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiled rules, tried in order for each row. */
final class RulesMember implements Member {

    /** A condition and the score that it gives where it holds. */
    record Rule(Program when, Score score) {}

    /** A score: an expression where there is one, else always the same. */
    record Score(double constant, @Nullable Program expression) {}

    private final Rule[] rules;
    private final Score otherwise;
    private final ColumnPlan plan;
    private final RowVariables variables;

    RulesMember(List<Rule> rules, Score otherwise, ColumnPlan plan, RowVariables variables) {
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
                    return value(rule.score());
                }
            }
            return value(otherwise);
        } catch (CelEvaluationException rowHasNoScore) {
            return Double.NaN;
        }
    }

    private double value(Score score) throws CelEvaluationException {
        Program expression = score.expression();
        if (expression == null) {
            return score.constant();
        }
        return expression.eval(variables) instanceof Double number ? number : Double.NaN;
    }

    @Override
    public void close() {}
}
