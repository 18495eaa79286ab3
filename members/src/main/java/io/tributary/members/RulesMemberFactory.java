package io.tributary.members;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MemberProblem;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.MemberSpec.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens rule sets ({@code rules}): CEL expressions over the member's columns, the first that holds gives the score, which
 * is a number or an expression itself.
 *
 * <p>Each column is a variable of type double, with the precision of a 32-bit float, and NaN where missing. Comparisons
 * with NaN are false, and {@code x != x} holds for a missing x alone. A whole number that is compared with a column
 * counts as a double: {@code x > 220} is {@code x > 220.0}. Elsewhere CEL's types are strict: {@code 4.0 * x}, not
 * {@code 4 * x}. A column whose name is no CEL identifier, such as {@code country=DE}, cannot be used. If a rule cannot
 * be evaluated for a row, that row has no score.
 */
public final class RulesMemberFactory implements MemberFactory {

    @Override
    public List<String> kinds() {
        return List.of("rules");
    }

    @Override
    public List<MemberProblem> check(MemberSpec member, List<String> columns) {
        RuleCompiler compiler = new RuleCompiler(member);
        List<MemberProblem> problems = new ArrayList<>();
        for (Rule rule : member.rules()) {
            try {
                compiler.compile(rule);
            } catch (MemberException e) {
                problems.add(new MemberProblem(rule.line(), String.valueOf(e.getMessage())));
            }
        }
        try {
            compiler.compile(member.otherwise());
        } catch (MemberException e) {
            problems.add(new MemberProblem(member.line(), String.valueOf(e.getMessage())));
        }
        return problems;
    }

    @Override
    public Member open(MemberSpec member, MemberSetup setup) {
        ColumnPlan plan = ColumnPlan.of(member, setup);
        RuleCompiler compiler = new RuleCompiler(member);
        List<RulesMember.Rule> rules = new ArrayList<>();
        for (Rule rule : member.rules()) {
            rules.add(compiler.compile(rule));
        }
        RulesMember opened = new RulesMember(
                rules, compiler.compile(member.otherwise()), plan, RowVariables.of(member.columns(), plan));
        return WarmUp.run(opened, member, plan);
    }
}
