package dev.aquifer.engine.execute;

import dev.aquifer.engine.rules.PushDown;
import dev.aquifer.engine.translate.LiteralTranslator;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
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
                    RexNode value = LiteralTranslator.toConstant(
                            batch.column(column).value(row),
                            batch.column(column).type(),
                            access.getType(),
                            builder);
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

    /** What an entry of the map of known answers takes, about, and each value of its key. */
    private static final long ENTRY_BYTES = 64;

    private final class Running implements BatchSource {
        private final BatchSource rows;
        private final Execution execution;
        private final Held held;
        private final Map<List<@Nullable Object>, Batch> known = new HashMap<>();
        private @Nullable Batch outer;
        private int row;

        Running(BatchSource rows, Execution execution) {
            this.rows = rows;
            this.execution = execution;
            this.held = new Held(execution.memory());
        }

        @Override
        public @Nullable Batch next() {
            while (true) {
                execution.checkStop();
                Batch batch = outer;
                if (batch == null || row == batch.rows()) {
                    batch = rows.next();
                    row = 0;
                    outer = batch;
                }
                if (batch == null) {
                    return null;
                }
                Batch joined = join(batch, row++);
                if (joined != null) {
                    return joined;
                }
            }
        }

        /** What an outer row gives, or null for nothing. */
        private @Nullable Batch join(Batch batch, int at) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int column : needed) {
                key.add(batch.column(column).value(at));
            }
            Batch found = known.get(key);
            if (found == null) {
                held.add(ENTRY_BYTES * (1 + key.size()));
                found = held.all(bound(batch, at), execution);
                known.put(key, found);
            }
            return switch (joinType) {
                case SEMI -> found.rows() > 0 ? Columns.slice(batch, at, at + 1) : null;
                case ANTI -> found.rows() == 0 ? Columns.slice(batch, at, at + 1) : null;
                case INNER -> found.rows() == 0 ? null : pairs(batch, at, found);
                case LEFT -> pairs(batch, at, found);
                default -> throw new AquiferException(ErrorCode.UNSUPPORTED, "a correlated join " + joinType);
            };
        }

        private static Batch pairs(Batch batch, int at, Batch found) {
            int[] outerRows = new int[Math.max(1, found.rows())];
            Arrays.fill(outerRows, at);
            int[] inner = new int[outerRows.length];
            Arrays.setAll(inner, i -> found.rows() == 0 ? -1 : i);
            return Columns.beside(
                    Columns.gather(batch, outerRows, outerRows.length), Columns.gather(found, inner, inner.length));
        }

        @Override
        public void close() {
            rows.close();
            held.close();
        }
    }
}
