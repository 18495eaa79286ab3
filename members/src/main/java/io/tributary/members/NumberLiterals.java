package io.tributary.members;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelMutableAst;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.navigation.CelNavigableMutableAst;
import java.util.List;
import java.util.Set;

/**
 * Turns whole numbers that are compared with doubles into doubles: {@code x > 220} into {@code x > 220.0}.
 *
 * <p>CEL can compare an int with a double by itself, but orders NaN above every int then: a missing x would pass
 * {@code x > 220}. Between two doubles it follows IEEE 754, and the comparison is false.
 */
final class NumberLiterals {

    private static final Set<String> COMPARISONS = Set.of("_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_");
    private static final Set<String> ARITHMETIC = Set.of("_+_", "_-_", "_*_", "_/_", "-_");

    /** What is called dyn is checked when it runs; columns are the only thing worth calling that. */
    private static final Set<String> CONVERSIONS = Set.of("double", "dyn");

    private NumberLiterals() {}

    /** The same expression with its literals turned; the given one is left as it is. */
    static CelAbstractSyntaxTree widened(CelAbstractSyntaxTree parsed) {
        CelMutableAst ast = CelMutableAst.fromCelAst(parsed);
        CelNavigableMutableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL)
                .map(node -> node.expr().call())
                .filter(call -> COMPARISONS.contains(call.function()))
                .forEach(NumberLiterals::widen);
        return ast.toParsedAst(true);
    }

    private static void widen(CelMutableCall comparison) {
        List<CelMutableExpr> sides = comparison.args();
        for (int i = 0; i < 2; i++) {
            CelMutableExpr literal = sides.get(i);
            if (isInt(literal) && isDouble(sides.get(1 - i))) {
                literal.setConstant(
                        CelConstant.ofValue((double) literal.constant().int64Value()));
            }
        }
    }

    private static boolean isInt(CelMutableExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.INT64_VALUE;
    }

    /** Whether it must be a double going by its form alone: types are not known yet. */
    private static boolean isDouble(CelMutableExpr expr) {
        return switch (expr.getKind()) {
            case IDENT, SELECT -> true;
            case CONSTANT -> expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE;
            case CALL -> isDouble(expr.call());
            default -> false;
        };
    }

    private static boolean isDouble(CelMutableCall call) {
        if (call.function().equals("_?_:_")) {
            return isDouble(call.args().get(1)) || isDouble(call.args().get(2));
        }
        return CONVERSIONS.contains(call.function())
                || (ARITHMETIC.contains(call.function()) && call.args().stream().anyMatch(NumberLiterals::isDouble));
    }
}
