package dev.aquifer.engine.translate;

import dev.aquifer.engine.sql.OwnFunctions;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Dates and timestamps with intervals. Intervals are no values of ours: they become months, days or microseconds. */
final class IntervalTranslator {
    private static final long MICROS_PER_MILLI = 1000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final ExprTranslator expressions;

    IntervalTranslator(ExprTranslator expressions) {
        this.expressions = expressions;
    }

    static boolean isInterval(RexNode node) {
        return SqlTypeUtil.isInterval(node.getType());
    }

    /** A date or timestamp plus (or minus) an interval. */
    Expr shift(Expr time, RexNode interval, boolean minus) throws NotTranslatable {
        Expr amount = amount(interval);
        if (minus) {
            amount = negated(amount);
        }
        if (isMonths(interval)) {
            return Expr.call(Function.ADD_MONTHS, time, amount);
        }
        if (time.type().equals(DataType.TIMESTAMP)) {
            return Expr.call(Function.ADD_MICROS, time, amount);
        }
        if (amount instanceof Expr.Literal literal && literal.value() instanceof Long micros) {
            if (micros % MICROS_PER_DAY != 0) {
                throw new NotTranslatable(
                        "a DATE plus a part of a day is not a DATE: cast it to TIMESTAMP before adding " + interval);
            }
            return Expr.call(Function.ADD_DAYS, time, int64(micros / MICROS_PER_DAY));
        }
        if (amount instanceof Expr.Call product
                && product.function() == Function.MULTIPLY
                && product.arg(1) instanceof Expr.Literal unit
                && unit.value() instanceof Long micros
                && micros % MICROS_PER_DAY == 0) {
            return Expr.call(
                    Function.ADD_DAYS,
                    time,
                    Expr.call(Function.MULTIPLY, product.arg(0), int64(micros / MICROS_PER_DAY)));
        }
        throw new NotTranslatable("the interval " + interval + " may be a part of a day, and a DATE has none");
    }

    static boolean isMonths(RexNode interval) {
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
    }

    /** Months of a year-month interval, microseconds of a day-time interval, as INT64. */
    Expr amount(RexNode interval) throws NotTranslatable {
        long scale = isMonths(interval) ? 1 : MICROS_PER_MILLI;
        if (interval instanceof RexLiteral literal) {
            BigDecimal value = literal.isNull() ? null : literal.getValueAs(BigDecimal.class);
            return value == null
                    ? new Expr.Literal(DataType.INT64, null)
                    : int64(value.multiply(BigDecimal.valueOf(scale)).longValueExact());
        }
        if (interval instanceof RexCall call) {
            if (call.getKind() == SqlKind.TIMES && call.getOperands().size() == 2) {
                RexNode left = call.getOperands().get(0);
                RexNode right = call.getOperands().get(1);
                RexNode unit = isInterval(left) ? left : right;
                RexNode factor = isInterval(left) ? right : left;
                Expr count = expressions.translate(factor);
                if (!isInterval(factor) && count.type().isInteger()) {
                    return Expr.call(Function.MULTIPLY, widened(count), amount(unit));
                }
            }
            if (call.getOperator().equals(OwnFunctions.FINE_INTERVAL)) {
                return fine(call);
            }
            if (call.getKind() == SqlKind.MINUS_PREFIX) {
                return negated(amount(call.getOperands().get(0)));
            }
            if (call.getKind() == SqlKind.MINUS && call.getOperands().size() == 2) {
                return difference(call.getOperands().get(0), call.getOperands().get(1), isMonths(interval));
            }
        }
        throw new NotTranslatable("the interval " + interval + " is not a constant or a multiple of one");
    }

    /** Microseconds beside an interval of milliseconds. */
    private Expr fine(RexCall call) throws NotTranslatable {
        if (amount(call.getOperands().get(0)) instanceof Expr.Literal coarse
                && coarse.value() instanceof Long micros
                && expressions.translate(call.getOperands().get(1)) instanceof Expr.Literal rest
                && rest.value() instanceof Long more) {
            return int64(Math.addExact(micros, more));
        }
        throw new NotTranslatable("the interval " + call + " is not a constant");
    }

    private Expr difference(RexNode left, RexNode right, boolean months) throws NotTranslatable {
        if (months || isInterval(left) || isInterval(right)) {
            throw new NotTranslatable("differences in months are not pushed");
        }
        Expr l = expressions.translate(left);
        Expr r = expressions.translate(right);
        if (l.type().equals(DataType.DATE) && r.type().equals(DataType.DATE)) {
            return Expr.call(Function.MULTIPLY, Expr.call(Function.DAYS_BETWEEN, l, r), int64(MICROS_PER_DAY));
        }
        return Expr.call(
                Function.MICROS_BETWEEN,
                ExprTranslator.cast(l, DataType.TIMESTAMP),
                ExprTranslator.cast(r, DataType.TIMESTAMP));
    }

    private static Expr negated(Expr amount) {
        if (amount instanceof Expr.Literal literal && literal.value() instanceof Long value) {
            return int64(-value);
        }
        if (amount instanceof Expr.Call call
                && call.function() == Function.MULTIPLY
                && call.arg(1) instanceof Expr.Literal unit
                && unit.value() instanceof Long value) {
            return Expr.call(Function.MULTIPLY, call.arg(0), int64(-value));
        }
        return Expr.call(Function.NEGATE, amount);
    }

    private static Expr widened(Expr integer) throws NotTranslatable {
        return ExprTranslator.cast(integer, DataType.INT64);
    }

    static Expr.Literal int64(long value) {
        return new Expr.Literal(DataType.INT64, value);
    }
}
