package dev.aquifer.engine.sql;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Looks for functions whose value is not that of their arguments alone, such as CURRENT_DATE. */
final class Volatile extends RelHomogeneousShuttle {
    private boolean found;

    private final RexShuttle expressions = new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall call) {
            found |= call.getOperator().isDynamicFunction()
                    || !call.getOperator().isDeterministic();
            return super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RelNode _ = query.rel.accept(Volatile.this);
            return super.visitSubQuery(query);
        }
    };

    private Volatile() {}

    static boolean in(RelNode node) {
        Volatile search = new Volatile();
        RelNode _ = node.accept(search);
        return search.found;
    }

    @Override
    public RelNode visit(RelNode node) {
        return super.visit(node).accept(expressions);
    }
}
