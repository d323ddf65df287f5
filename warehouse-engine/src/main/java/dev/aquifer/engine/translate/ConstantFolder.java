package dev.aquifer.engine.translate;

import dev.aquifer.engine.sql.OwnFunctions;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.reference.RowEvaluator;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates constant expressions while planning, with the evaluator that also runs queries; Calcite's own would wrap, round
 * and compare otherwise. What fails is left as it is: it fails when it is run, if it is run.
 */
public final class ConstantFolder implements RexExecutor {
    @Override
    public void reduce(RexBuilder builder, List<RexNode> constants, List<RexNode> reduced) {
        for (RexNode constant : constants) {
            RexNode value = fold(builder, constant);
            reduced.add(value == null ? constant : value);
        }
    }

    /** The constant's value as a literal of its type, or null where there is none. */
    public static @Nullable RexNode fold(RexBuilder builder, RexNode constant) {
        if (constant instanceof RexLiteral
                || constant instanceof RexCall call && call.getOperator().equals(OwnFunctions.TEXT)) {
            return null;
        }
        try {
            Expr expr = new ExprTranslator(builder, List.of()).translate(constant);
            @Nullable
            Object[] values = RowEvaluator.of(List.of(), List.of(expr)).evaluate(new @Nullable Object[0]);
            return LiteralTranslator.toRex(values[0], constant.getType(), builder);
        } catch (NotTranslatable | AquiferException e) {
            return null;
        }
    }
}
