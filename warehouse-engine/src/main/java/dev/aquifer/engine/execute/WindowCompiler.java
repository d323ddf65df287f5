package dev.aquifer.engine.execute;

import dev.aquifer.engine.rules.PushSort;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.engine.translate.ExprTranslator;
import dev.aquifer.engine.translate.NotTranslatable;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Calcite's windows to ours. */
final class WindowCompiler {
    private final Window window;
    private final int inputs;

    private WindowCompiler(Window window) {
        this.window = window;
        this.inputs = window.getInput().getRowType().getFieldCount();
    }

    static Operator compile(Window window) {
        WindowCompiler compiler = new WindowCompiler(window);
        List<WindowOperator.Group> groups = new ArrayList<>();
        for (Window.Group group : window.groups) {
            groups.add(compiler.group(group));
        }
        return new WindowOperator(
                PlanCompiler.compile(window.getInput()),
                compiler.constants(),
                groups,
                PlanCompiler.types(window.getRowType()));
    }

    private List<WindowOperator.Constant> constants() {
        ExprTranslator translator = new ExprTranslator(window.getCluster().getRexBuilder(), List.of());
        List<WindowOperator.Constant> constants = new ArrayList<>();
        for (RexLiteral literal : window.constants) {
            DataType type = SqlTypes.fromSql(literal.getType());
            if (type == null) {
                // Intervals in frame bounds are read from the plan; as a column they stand for nothing.
                constants.add(new WindowOperator.Constant(DataType.INT64, null));
                continue;
            }
            // Counts of window functions are INT64 to them.
            DataType wide = type.isInteger() ? DataType.INT64 : type;
            constants.add(new WindowOperator.Constant(wide, value(translator, literal, wide)));
        }
        return constants;
    }

    private static @Nullable Object value(ExprTranslator translator, RexLiteral literal, DataType type) {
        try {
            return translator.literal(literal, type) instanceof Expr.Literal constant ? constant.value() : null;
        } catch (NotTranslatable e) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, e.reason(), e);
        }
    }

    private WindowOperator.Group group(Window.Group group) {
        if (group.exclude != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, group.exclude + " in a window is not supported");
        }
        List<WindowCall> calls = new ArrayList<>();
        for (Window.RexWinAggCall call : group.aggCalls) {
            calls.add(call(call));
        }
        return new WindowOperator.Group(
                group.keys.asList(),
                PushSort.keys(group.orderKeys),
                new WindowFrame(group.isRows, bound(group.lowerBound, group), bound(group.upperBound, group)),
                calls);
    }

    private WindowFrame.Bound bound(RexWindowBound bound, Window.Group group) {
        if (bound.isUnbounded()) {
            return new WindowFrame.Bound.Unbounded(bound.isPreceding());
        }
        RexNode offset = bound.getOffset();
        if (bound.isCurrentRow() || offset == null) {
            return new WindowFrame.Bound.CurrentRow();
        }
        if (!group.isRows && group.orderKeys.getFieldCollations().size() != 1) {
            throw new AquiferException(ErrorCode.INVALID_QUERY, "RANGE with a distance needs exactly one ORDER BY key");
        }
        BigDecimal distance = distance(offset);
        if (distance == null || distance.signum() < 0) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "a frame's offset must be a constant that is not negative: " + offset);
        }
        return new WindowFrame.Bound.Offset(bound.isPreceding(), distance);
    }

    private @Nullable BigDecimal distance(RexNode offset) {
        RexNode constant = offset instanceof RexInputRef ref && ref.getIndex() >= inputs
                ? window.constants.get(ref.getIndex() - inputs)
                : offset;
        if (!(constant instanceof RexLiteral literal)) {
            return null;
        }
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        if (value == null || !SqlTypeUtil.isInterval(literal.getType())) {
            return value;
        }
        if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, "RANGE over months is not supported: " + literal);
        }
        return value.multiply(BigDecimal.valueOf(1000));
    }

    private WindowCall call(Window.RexWinAggCall call) {
        SqlKind kind = call.getOperator().getKind();
        if (call.distinct && kind != SqlKind.MIN && kind != SqlKind.MAX) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "DISTINCT in a window function is not supported: " + call);
        }
        List<Integer> args = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (!(operand instanceof RexInputRef ref)) {
                throw new AquiferException(ErrorCode.UNSUPPORTED, "the argument " + operand + " of " + call);
            }
            args.add(ref.getIndex());
        }
        DataType type = SqlTypes.require(call.getType());
        return new WindowCall(function(kind, call), args, type, call.ignoreNulls);
    }

    private static WindowCall.Function function(SqlKind kind, Window.RexWinAggCall call) {
        return switch (kind) {
            case ROW_NUMBER -> WindowCall.Function.ROW_NUMBER;
            case RANK -> WindowCall.Function.RANK;
            case DENSE_RANK -> WindowCall.Function.DENSE_RANK;
            case PERCENT_RANK -> WindowCall.Function.PERCENT_RANK;
            case CUME_DIST -> WindowCall.Function.CUME_DIST;
            case NTILE -> WindowCall.Function.NTILE;
            case LAG -> WindowCall.Function.LAG;
            case LEAD -> WindowCall.Function.LEAD;
            case FIRST_VALUE -> WindowCall.Function.FIRST_VALUE;
            case LAST_VALUE -> WindowCall.Function.LAST_VALUE;
            case NTH_VALUE -> WindowCall.Function.NTH_VALUE;
            case COUNT -> WindowCall.Function.COUNT;
            case SUM -> WindowCall.Function.SUM;
            case SUM0 -> WindowCall.Function.SUM0;
            case AVG -> WindowCall.Function.AVG;
            case MIN, ANY_VALUE -> WindowCall.Function.MIN;
            case MAX -> WindowCall.Function.MAX;
            default ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "the window function " + call.getOperator() + " is not supported");
        };
    }
}
