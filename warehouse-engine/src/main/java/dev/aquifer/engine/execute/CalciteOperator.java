package dev.aquifer.engine.execute;

import dev.aquifer.engine.sql.OwnFunctions;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.engine.sql.TextRexBuilder;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.DataType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutable;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Expressions with functions that devices do not have (POWER, INITCAP, REGEXP_REPLACE), by Calcite's own generated code,
 * row by row. Timestamps are refused: Calcite's have milliseconds only.
 *
 * @param filter whether the one expression is a condition that rows must pass; otherwise the expressions are the result
 */
record CalciteOperator(
        Operator input,
        RexBuilder builder,
        RelDataType inputType,
        List<RexNode> expressions,
        boolean filter,
        List<DataType> types)
        implements Operator {
    static Operator filter(Operator input, RelDataType inputType, Filter filter) {
        return of(
                input,
                filter.getCluster().getRexBuilder(),
                inputType,
                List.of(filter.getCondition()),
                true,
                input.types());
    }

    static Operator project(Operator input, RelDataType inputType, Project project) {
        return of(
                input,
                project.getCluster().getRexBuilder(),
                inputType,
                project.getProjects(),
                false,
                PlanCompiler.types(project.getRowType()));
    }

    private static Operator of(
            Operator input,
            RexBuilder builder,
            RelDataType inputType,
            List<RexNode> expressions,
            boolean filter,
            List<DataType> types) {
        CalciteOperands operands = new CalciteOperands(builder, inputType);
        List<RexNode> rest =
                operands.apply(expressions).stream().map(TextRexBuilder::plain).toList();
        return checked(new CalciteOperator(operands.below(input), builder, operands.rowType(), rest, filter, types));
    }

    private static Operator checked(CalciteOperator operator) {
        for (RexNode expression : operator.expressions) {
            // Columns that go through untouched may be of any type.
            if (expression instanceof RexInputRef) {
                continue;
            }
            expression.accept(new RexVisitorImpl<@Nullable Void>(true) {
                @Override
                public @Nullable Void visitCall(RexCall call) {
                    DataType target = SqlTypes.fromSql(call.getType());
                    DataType source = SqlTypes.fromSql(
                            call.getOperands().isEmpty()
                                    ? call.getType()
                                    : call.getOperands().getFirst().getType());
                    if (call.getKind() == SqlKind.CAST
                            && source != null
                            && target != null
                            && !Typing.castable(source, target)) {
                        throw new AquiferException(
                                ErrorCode.TYPE_MISMATCH, "there is no CAST from " + source + " to " + target);
                    }
                    // Calcite's would backtrack, in time exponential in the text, and read other patterns than devices
                    // do.
                    if (call.getKind() == SqlKind.SIMILAR || OwnFunctions.isRegex(call.getOperator())) {
                        throw new AquiferException(
                                ErrorCode.UNSUPPORTED,
                                "the pattern of a regular expression must be a constant: " + call);
                    }
                    return super.visitCall(call);
                }

                @Override
                public @Nullable Void visitInputRef(RexInputRef ref) {
                    if (DataType.TIMESTAMP.equals(SqlTypes.fromSql(ref.getType()))) {
                        throw new AquiferException(
                                ErrorCode.UNSUPPORTED,
                                "the function in " + expression + " is not supported for timestamps");
                    }
                    return null;
                }
            });
            if (DataType.TIMESTAMP.equals(SqlTypes.fromSql(expression.getType()))) {
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "the function in " + expression + " is not supported for timestamps");
            }
        }
        return operator;
    }

    @Override
    public BatchSource open(Execution execution) {
        RexExecutable code;
        try {
            code = RexExecutorImpl.getExecutable(builder, expressions, inputType);
        } catch (RuntimeException e) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "this expression is not supported: " + expressions + ": " + e.getMessage(),
                    e);
        }
        return new Running(input.open(execution), code, execution);
    }

    private final class Running implements BatchSource {
        private final BatchSource rows;
        private final RexExecutable code;
        private final Execution execution;
        private final RowContext context = new RowContext();

        Running(BatchSource rows, RexExecutable code, Execution execution) {
            this.rows = rows;
            this.code = code;
            this.execution = execution;
            code.setDataContext(context);
        }

        @Override
        public @Nullable Batch next() {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                execution.checkStop();
                Batch result = filter ? filtered(batch) : projected(batch);
                if (result.rows() > 0) {
                    return result;
                }
            }
            return null;
        }

        private Batch filtered(Batch batch) {
            int[] kept = new int[batch.rows()];
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (Boolean.TRUE.equals(values(batch, row)[0])) {
                    kept[count++] = row;
                }
            }
            // Columns that were computed for the condition end here.
            Batch given = new Batch(batch.rows(), batch.columns().subList(0, types.size()));
            return Columns.gather(given, kept, count);
        }

        private Batch projected(Batch batch) {
            List<ColumnBuilder> builders = new ArrayList<>();
            types.forEach(type -> builders.add(new ColumnBuilder(type, batch.rows())));
            for (int row = 0; row < batch.rows(); row++) {
                @Nullable Object[] values = values(batch, row);
                for (int i = 0; i < values.length; i++) {
                    if (expressions.get(i) instanceof RexInputRef ref) {
                        builders.get(i).append(batch.column(ref.getIndex()), row);
                    } else {
                        builders.get(i).append(CalciteValues.toPhysical(values[i], types.get(i)));
                    }
                }
            }
            List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
            return new Batch(batch.rows(), columns);
        }

        private @Nullable Object[] values(Batch batch, int row) {
            @Nullable Object[] record = new @Nullable Object[batch.columns().size()];
            for (int i = 0; i < record.length; i++) {
                Column column = batch.column(i);
                record[i] = CalciteValues.fromPhysical(column.value(row), column.type());
            }
            context.record = record;
            try {
                @Nullable Object[] values = code.execute();
                if (values == null) {
                    throw new AquiferException(ErrorCode.INTERNAL, "no value of " + expressions);
                }
                return values;
            } catch (AquiferException e) {
                throw e;
            } catch (RuntimeException e) {
                throw CalciteValues.failure(e, expressions.toString());
            }
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    /** Hands the generated code its row. */
    private static final class RowContext implements DataContext {
        private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);

        private @Nullable Object[] record = new @Nullable Object[0];

        @Override
        public @Nullable SchemaPlus getRootSchema() {
            return null;
        }

        @Override
        public JavaTypeFactory getTypeFactory() {
            throw new UnsupportedOperationException("generated code makes no types");
        }

        @Override
        public QueryProvider getQueryProvider() {
            throw new UnsupportedOperationException("generated code makes no queries");
        }

        @Override
        public @Nullable Object get(String name) {
            return switch (name) {
                case "inputRecord" -> record;
                case "timeZone" -> UTC;
                case "locale" -> Locale.ROOT;
                default -> null;
            };
        }
    }
}
