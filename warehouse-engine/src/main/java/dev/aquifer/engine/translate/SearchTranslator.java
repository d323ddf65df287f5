package dev.aquifer.engine.translate;

import com.google.common.collect.BoundType;
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
        if (value.type().equals(DataType.VARCHAR)) {
            Filled<?> filled = Filled.of(sarg.rangeSet);
            Expr found = anyOf(value, filled.ranges, type);
            if (filled.holes.isEmpty()) {
                return found;
            }
            List<Expr> holes = new ArrayList<>();
            for (Object hole : filled.holes) {
                holes.add(constant(hole, value.type(), type));
            }
            return Expr.call(Function.AND, found, Expr.call(Function.NOT, in(value, holes)));
        }
        return anyOf(value, sarg.rangeSet.asRanges(), type);
    }

    /**
     * Ranges without the single values that they leave out. The planner cuts the ranges of texts at such values in the order of UTF-16
     * units, and between two of them another order may have texts on other sides: {@code s <> '\uff5e' AND s <> '\ud83d\ude00'}. Bounds
     * that a query names itself are hidden from it where the orders differ ({@link dev.aquifer.engine.sql.TextRexBuilder}).
     */
    private record Filled<C extends Comparable<C>>(List<Range<C>> ranges, List<C> holes) {
        static <C extends Comparable<C>> Filled<C> of(RangeSet<C> set) {
            List<Range<C>> ranges = new ArrayList<>();
            List<C> holes = new ArrayList<>();
            for (Range<C> range : set.asRanges()) {
                if (!ranges.isEmpty() && isHole(ranges.getLast(), range)) {
                    holes.add(range.lowerEndpoint());
                    ranges.addLast(ranges.removeLast().span(range));
                } else {
                    ranges.add(range);
                }
            }
            return new Filled<>(ranges, holes);
        }

        private static boolean isHole(Range<?> left, Range<?> right) {
            return left.hasUpperBound()
                    && right.hasLowerBound()
                    && left.upperBoundType() == BoundType.OPEN
                    && right.lowerBoundType() == BoundType.OPEN
                    && left.upperEndpoint().equals(right.lowerEndpoint());
        }
    }

    private Expr anyOf(Expr value, Iterable<? extends Range<?>> ranges, RelDataType type) throws NotTranslatable {
        List<Expr> points = new ArrayList<>();
        List<Expr> parts = new ArrayList<>();
        for (Range<?> range : ranges) {
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
