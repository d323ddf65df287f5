package dev.aquifer.engine.execute;

import dev.aquifer.engine.rules.PushDown;
import dev.aquifer.engine.translate.LiteralTranslator;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * A subquery that no rewrite could turn into a join: it is planned and run for every distinct combination of the values that it
 * takes from the outer row, which stand in it as constants.
 *
 * @param right the subquery, not yet split
 * @param needed the outer columns that it takes
 */
record CorrelateOperator(
        Operator left,
        RelNode right,
        RelDataType leftType,
        CorrelationId variable,
        List<Integer> needed,
        JoinRelType joinType,
        List<DataType> rightTypes,
        List<DataType> types)
        implements Operator {
    static Operator of(Correlate correlate) {
        RelNode right = correlate.getRight();
        return new CorrelateOperator(
                PlanCompiler.compile(correlate.getLeft()),
                right,
                correlate.getLeft().getRowType(),
                correlate.getCorrelationId(),
                correlate.getRequiredColumns().asList(),
                correlate.getJoinType(),
                PlanCompiler.types(right.getRowType()),
                PlanCompiler.types(correlate.getRowType()));
    }

    @Override
    public BatchSource open(Execution execution) {
        return new Running(left.open(execution), execution);
    }

    /** The subquery with an outer row's values in the place of its variables. */
    private Operator bound(Batch batch, int row) {
        RexBuilder builder = right.getCluster().getRexBuilder();
        RexShuttle values = new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable outer && outer.id.equals(variable)) {
                    int column = access.getField().getIndex();
                    RexNode value = LiteralTranslator.toRex(batch.column(column).value(row), access.getType(), builder);
                    if (value == null) {
                        throw new AquiferException(
                                ErrorCode.UNSUPPORTED,
                                "a correlated subquery over the value "
                                        + batch.column(column).value(row));
                    }
                    return value;
                }
                return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                throw new AquiferException(ErrorCode.UNSUPPORTED, "a subquery in a correlated subquery: " + query);
            }
        };
        RelNode plan = right.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                return super.visit(node).accept(values);
            }
        });
        return PlanCompiler.compile(PushDown.apply(plan));
    }

    private final class Running implements BatchSource {
        private final BatchSource rows;
        private final Execution execution;
        private final Held held;
        private final Map<List<@Nullable Object>, Batch> known = new HashMap<>();
        private final ArrayDeque<Batch> ready = new ArrayDeque<>();

        Running(BatchSource rows, Execution execution) {
            this.rows = rows;
            this.execution = execution;
            this.held = new Held(execution.memory());
        }

        @Override
        public @Nullable Batch next() {
            while (ready.isEmpty()) {
                Batch batch = rows.next();
                if (batch == null) {
                    return null;
                }
                for (int row = 0; row < batch.rows(); row++) {
                    execution.checkStop();
                    join(batch, row);
                }
            }
            return ready.poll();
        }

        private void join(Batch batch, int row) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int column : needed) {
                key.add(batch.column(column).value(row));
            }
            Batch found = known.get(key);
            if (found == null) {
                found = held.all(bound(batch, row), execution);
                known.put(key, found);
            }
            switch (joinType) {
                case SEMI -> {
                    if (found.rows() > 0) {
                        ready.add(Columns.slice(batch, row, row + 1));
                    }
                }
                case ANTI -> {
                    if (found.rows() == 0) {
                        ready.add(Columns.slice(batch, row, row + 1));
                    }
                }
                case INNER, LEFT -> pairs(batch, row, found);
                default -> throw new AquiferException(ErrorCode.UNSUPPORTED, "a correlated join " + joinType);
            }
        }

        private void pairs(Batch batch, int row, Batch found) {
            int count = found.rows();
            if (count == 0 && joinType == JoinRelType.INNER) {
                return;
            }
            int[] outer = new int[Math.max(1, count)];
            Arrays.fill(outer, row);
            int[] inner = new int[outer.length];
            Arrays.setAll(inner, i -> count == 0 ? -1 : i);
            ready.add(Columns.beside(
                    Columns.gather(batch, outer, outer.length), Columns.gather(found, inner, inner.length)));
        }

        @Override
        public void close() {
            rows.close();
            held.close();
        }
    }
}
