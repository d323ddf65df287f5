package dev.aquifer.engine.rules;

import dev.aquifer.engine.translate.ConstantFolder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * Replaces constant expressions by their values. Unlike Calcite's rule it does not replace columns that a filter fixes: a
 * column that equals 0.0 may still be -0.0.
 */
final class FoldConstants extends RelHomogeneousShuttle {
    private final RexShuttle expressions;

    private FoldConstants(RexBuilder builder) {
        this.expressions = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (RexUtil.isConstant(call) && RexUtil.isDeterministic(call)) {
                    RexNode value = ConstantFolder.fold(builder, call);
                    if (value != null) {
                        return value;
                    }
                }
                return super.visitCall(call);
            }
        };
    }

    static RelNode apply(RelNode node) {
        return node.accept(new FoldConstants(node.getCluster().getRexBuilder()));
    }

    @Override
    public RelNode visit(RelNode node) {
        return super.visit(node).accept(expressions);
    }
}
