package dev.aquifer.engine.translate;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import dev.aquifer.engine.sql.NumericTypes;
import dev.aquifer.engine.sql.SqlTypes;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.Sarg;

/** SEARCH(value, set of ranges): IN for the points of the set, comparisons for its ranges. */
final class SearchTranslator {
    private final ExprTranslator expressions;
    private final RexBuilder builder;

    SearchTranslator(ExprTranslator expressions, RexBuilder builder) {
        this.expressions = expressions;
        this.builder = builder;
    }

    Expr translate(RexCall call) throws NotTranslatable {
        Expr value = expressions.translate(call.getOperands().get(0));
        RexLiteral set = (RexLiteral) call.getOperands().get(1);
        Sarg<?> sarg = set.getValueAs(Sarg.class);
        if (sarg == null) {
            throw new NotTranslatable("the set of " + call + " is null");
        }
        DataType setType = SqlTypes.fromSql(set.getType());
        DataType common = setType == null ? null : NumericTypes.common(value.type(), setType);
        if (common == null) {
            throw new NotTranslatable("a " + value.type() + " is searched among values of " + set.getType());
        }
        value = ExprTranslator.cast(value, common);
        Expr found = ranges(value, sarg, set.getType());
        return switch (sarg.nullAs) {
            case UNKNOWN -> found;
            case TRUE -> Expr.call(Function.OR, found, Expr.call(Function.IS_NULL, value));
            case FALSE -> Expr.call(Function.IS_TRUE, found);
        };
    }

    private Expr ranges(Expr value, Sarg<?> sarg, RelDataType type) throws NotTranslatable {
        if (sarg.isAll()) {
            return whereNotNull(value, true);
        }
        if (sarg.isNone()) {
            return whereNotNull(value, false);
        }
        if (sarg.isComplementedPoints()) {
            return Expr.call(Function.NOT, points(value, sarg.rangeSet.complement(), type));
        }
        List<Expr> points = new ArrayList<>();
        List<Expr> parts = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            if (isPoint(range)) {
                points.add(constant(range.lowerEndpoint(), value.type(), type));
            } else {
                parts.add(between(value, range, type));
            }
        }
        if (!points.isEmpty()) {
            parts.addFirst(in(value, points));
        }
        return parts.size() == 1 ? parts.getFirst() : Expr.call(Function.OR, parts.toArray(Expr[]::new));
    }

    /** A constant, but null where the value is. */
    private static Expr whereNotNull(Expr value, boolean result) {
        return Expr.call(
                Function.CASE,
                Expr.call(Function.IS_NULL, value),
                new Expr.Literal(DataType.BOOLEAN, null),
                new Expr.Literal(DataType.BOOLEAN, result));
    }

    private Expr points(Expr value, RangeSet<?> set, RelDataType type) throws NotTranslatable {
        List<Expr> points = new ArrayList<>();
        for (Range<?> range : set.asRanges()) {
            points.add(constant(range.lowerEndpoint(), value.type(), type));
        }
        return in(value, points);
    }

    private static Expr in(Expr value, List<Expr> points) {
        if (points.size() == 1) {
            return Expr.call(Function.EQUAL, value, points.getFirst());
        }
        List<Expr> args = new ArrayList<>(points.size() + 1);
        args.add(value);
        args.addAll(points);
        return Expr.call(Function.IN, args.toArray(Expr[]::new));
    }

    private Expr between(Expr value, Range<?> range, RelDataType type) throws NotTranslatable {
        List<Expr> bounds = new ArrayList<>();
        if (range.hasLowerBound()) {
            Function function = switch (range.lowerBoundType()) {
                case OPEN -> Function.GREATER;
                case CLOSED -> Function.GREATER_OR_EQUAL;
            };
            bounds.add(Expr.call(function, value, constant(range.lowerEndpoint(), value.type(), type)));
        }
        if (range.hasUpperBound()) {
            Function function = switch (range.upperBoundType()) {
                case OPEN -> Function.LESS;
                case CLOSED -> Function.LESS_OR_EQUAL;
            };
            bounds.add(Expr.call(function, value, constant(range.upperEndpoint(), value.type(), type)));
        }
        return bounds.size() == 1 ? bounds.getFirst() : Expr.call(Function.AND, bounds.toArray(Expr[]::new));
    }

    private static boolean isPoint(Range<?> range) {
        return range.hasLowerBound()
                && range.hasUpperBound()
                && range.lowerEndpoint().equals(range.upperEndpoint());
    }

    private Expr constant(Object bound, DataType valueType, RelDataType type) throws NotTranslatable {
        if (builder.makeLiteral(bound, type, true, true) instanceof RexLiteral literal) {
            return new Expr.Literal(valueType, LiteralTranslator.physical(literal, valueType));
        }
        throw new NotTranslatable("the set has the bound " + bound + ", which is not a constant of " + type);
    }
}
