package dev.aquifer.engine.rules;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** {@code (a AND b) OR (a AND c)} to {@code a AND (b OR c)}, so that {@code a} can join or be pushed. */
final class FactorDisjunctions extends RelHomogeneousShuttle {
    private FactorDisjunctions() {}

    static RelNode apply(RelNode node) {
        return node.accept(new FactorDisjunctions());
    }

    @Override
    public RelNode visit(RelNode node) {
        RelNode visited = super.visit(node);
        if (visited instanceof Filter filter) {
            RexNode factored = RexUtil.pullFactors(filter.getCluster().getRexBuilder(), filter.getCondition());
            return filter.copy(filter.getTraitSet(), filter.getInput(), factored);
        }
        if (visited instanceof Join join) {
            RexNode factored = RexUtil.pullFactors(join.getCluster().getRexBuilder(), join.getCondition());
            return join.copy(
                    join.getTraitSet(),
                    factored,
                    join.getLeft(),
                    join.getRight(),
                    join.getJoinType(),
                    join.isSemiJoinDone());
        }
        return visited;
    }
}
