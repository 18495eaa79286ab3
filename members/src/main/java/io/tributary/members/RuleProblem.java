package io.tributary.members;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.tributary.core.spec.Spelling;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in one line what the CEL compiler holds against a rule, and what to write instead where that can be told. */
final class RuleProblem {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");

    private final List<String> variables;
    private final List<String> unusable;

    /**
     * Over a member's columns.
     *
     * @param variables those that a rule can name
     * @param unusable those that it cannot
     */
    RuleProblem(List<String> variables, List<String> unusable) {
        this.variables = variables;
        this.unusable = unusable;
    }

    /** Why a rule is no expression. */
    String ofSyntax(String when, CelValidationException failure) {
        String hint = unusableColumn(when);
        if (hint != null) {
            return hint;
        }
        String message = message(failure);
        return message.contains("token recognition error at: '=") ? message + "; compare with ==" : message;
    }

    /** Why an expression is no condition over the columns. */
    String ofTypes(String when, CelAbstractSyntaxTree parsed, CelValidationException failure) {
        String message = message(failure);
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            String hint = unusableColumn(when);
            return hint != null ? hint : message + nearest(undeclared.group(1));
        }
        if (message.startsWith("expected type 'double'")) {
            return message + "; a score must be a number with a decimal point, or made of columns";
        }
        if (message.startsWith("expected type 'bool'")) {
            return message + "; a rule must be true or false, such as x > 0.5";
        }
        if (message.contains("double") && message.contains("int")) {
            return message + wholeNumber(parsed, failure.getErrors().get(0).getExprId());
        }
        return message;
    }

    /** The text of a rule on one line. */
    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** The first thing that is wrong, without the lists of all that would have been right. */
    private static String message(CelValidationException failure) {
        if (failure.getErrors().isEmpty()) {
            return Failures.reason(failure);
        }
        CelIssue first = failure.getErrors().get(0);
        return oneLine(first.getMessage()
                .replaceFirst("(?s) \\((in container|candidates:).*", "")
                .replaceFirst("(?s) expecting \\{.*", "")
                .replaceFirst("'_(\\S{1,2})_'", "'$1'")
                .replaceFirst("'@in'", "'in'"));
    }

    private @Nullable String unusableColumn(String when) {
        for (String column : unusable) {
            if (when.contains(column)) {
                return "column " + column + " is no name that rules can use; name the feature with letters, digits and"
                        + " underscores, or leave the column to models";
            }
        }
        return null;
    }

    private String nearest(String name) {
        return Spelling.hint(name, variables);
    }

    /** What to write for the whole number that stands beside a double. */
    private static String wholeNumber(CelAbstractSyntaxTree parsed, long exprId) {
        return CelNavigableAst.fromAst(parsed)
                .getRoot()
                .allNodes()
                .filter(node -> node.id() == exprId)
                .flatMap(CelNavigableExpr::descendants)
                .map(CelNavigableExpr::expr)
                .filter(expr -> expr.getKind() == Kind.CONSTANT)
                .filter(expr -> expr.constant().getKind() == CelConstant.Kind.INT64_VALUE)
                .map(expr -> expr.constant().int64Value())
                .map(number -> "; write " + number + ".0 instead of " + number)
                .findFirst()
                .orElse("");
    }
}
