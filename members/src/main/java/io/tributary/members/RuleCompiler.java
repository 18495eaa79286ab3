package io.tributary.members;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import io.tributary.core.member.MemberException;
import io.tributary.core.spec.MemberSpec;
import io.tributary.core.spec.MemberSpec.Rule;
import io.tributary.core.spec.MemberSpec.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Compiles one member's rules: types are checked, each condition must be true or false and each score a double. */
final class RuleCompiler {

    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    /** Words that CEL's grammar takes or keeps for itself. */
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    /** Numbers of different types cannot be compared: CEL orders NaN above every int. See {@link NumberLiterals}. */
    private static final CelOptions COMPILE_OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(false).build();

    /** The runtime does not start without such comparisons; compiled rules have none. */
    private static final CelOptions RUN_OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    private final String member;
    private final CelCompiler conditions;
    private final CelCompiler scores;
    private final CelRuntime runtime =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(RUN_OPTIONS).build();
    private final RuleProblem problem;

    RuleCompiler(MemberSpec member) {
        this.member = member.name();
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(COMPILE_OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        List<String> variables = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (String column : member.columns()) {
            if (isVariable(column)) {
                builder.addVar(column, SimpleType.DOUBLE);
                variables.add(column);
            } else {
                unusable.add(column);
            }
        }
        this.conditions = builder.setResultType(SimpleType.BOOL).build();
        this.scores = builder.setResultType(SimpleType.DOUBLE).build();
        this.problem = new RuleProblem(variables, unusable);
    }

    /**
     * Compiles a rule.
     *
     * @throws MemberException if its condition is not an expression over the member's columns that is true or false, or
     *     its score none that is a double
     */
    RulesMember.Rule compile(Rule rule) {
        return new RulesMember.Rule(compile("rule", rule.when(), conditions), compile(rule.score()));
    }

    /**
     * Compiles a score.
     *
     * @throws MemberException if it is an expression that is no double over the member's columns
     */
    RulesMember.Score compile(Score score) {
        String expression = score.expression();
        return expression == null
                ? new RulesMember.Score(score.constant(), null)
                : new RulesMember.Score(Double.NaN, compile("score", expression, scores));
    }

    private Program compile(String what, String text, CelCompiler compiler) {
        CelAbstractSyntaxTree parsed;
        try {
            parsed = compiler.parse(text).getAst();
        } catch (CelValidationException e) {
            throw failure(what, text, problem.ofSyntax(text, e), e);
        }
        try {
            CelAbstractSyntaxTree checked =
                    compiler.check(NumberLiterals.widened(parsed)).getAst();
            return runtime.createProgram(checked);
        } catch (CelValidationException e) {
            throw failure(what, text, problem.ofTypes(text, parsed, e), e);
        } catch (CelEvaluationException e) {
            throw failure(what, text, Failures.reason(e), e);
        }
    }

    private MemberException failure(String what, String text, String problem, Exception cause) {
        return new MemberException(
                "member " + member + ": " + what + " '" + RuleProblem.oneLine(text) + "' does not compile: " + problem,
                cause);
    }

    /** Whether an expression can name the column; dots stand between the fields of nested records. */
    private static boolean isVariable(String column) {
        for (String part : column.split("\\.", -1)) {
            if (!IDENTIFIER.matcher(part).matches() || RESERVED.contains(part)) {
                return false;
            }
        }
        return true;
    }
}
