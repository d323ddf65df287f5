package dev.aquifer.spi.prune;

import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides from zone maps whether a filter can be true for a row. It reckons with sets of possible outcomes in SQL's three
 * values: comparisons of columns, constants and widening casts of them, AND, OR, NOT, IN, LIKE, SIMILAR TO and regular
 * expressions with a known beginning, CASE, COALESCE, IS NULL and its kin are understood; anything else may have any outcome.
 *
 * <p>Rows that are skipped raise no errors: {@code 1 / a > 0 and b < 5} does not fail for a stripe in which b is never
 * below 5, though a is 0 there. SQL leaves the order of conjuncts open, and so does PostgreSQL.
 */
public final class ZonePruner {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final IntFunction<ZoneMap> columns;

    private ZonePruner(IntFunction<ZoneMap> columns) {
        this.columns = columns;
    }

    /**
     * False only if the filter is true for no row.
     *
     * @param filter a BOOLEAN
     * @param columns the zone map of a scanned column by its position, {@link ZoneMap#unknown} where there is none
     */
    public static boolean mayMatch(Expr filter, IntFunction<ZoneMap> columns) {
        return Outcomes.has(new ZonePruner(columns).outcomes(filter), Outcomes.TRUE);
    }

    /** True only if the filter is true for every row. It then need not be evaluated, and parts of it that fail do not. */
    public static boolean alwaysMatches(Expr filter, IntFunction<ZoneMap> columns) {
        return new ZonePruner(columns).outcomes(filter) == Outcomes.TRUE;
    }

    /** The outcomes that a BOOLEAN may have. */
    private int outcomes(Expr expr) {
        return switch (expr) {
            case Expr.ColumnRef ref -> range(ref).outcomes();
            case Expr.Literal literal -> range(literal).outcomes();
            case Expr.Call call -> outcomes(call);
        };
    }

    private int outcomes(Expr.Call call) {
        List<Expr> args = call.args();
        return switch (call.function()) {
            case EQUAL -> compare(call, ValueRange.EQUAL);
            case NOT_EQUAL -> compare(call, ValueRange.LESS | ValueRange.GREATER);
            case LESS -> compare(call, ValueRange.LESS);
            case LESS_OR_EQUAL -> compare(call, ValueRange.LESS | ValueRange.EQUAL);
            case GREATER -> compare(call, ValueRange.GREATER);
            case GREATER_OR_EQUAL -> compare(call, ValueRange.GREATER | ValueRange.EQUAL);
            case IS_DISTINCT_FROM -> distinct(call);
            case IS_NOT_DISTINCT_FROM -> Outcomes.not(distinct(call));
            case AND -> args.stream().mapToInt(this::outcomes).reduce(Outcomes.TRUE, Outcomes::and);
            case OR -> args.stream().mapToInt(this::outcomes).reduce(Outcomes.FALSE, Outcomes::or);
            case NOT -> Outcomes.not(outcomes(call.arg(0)));
            case IS_NULL -> isNull(call.arg(0));
            case IS_NOT_NULL -> Outcomes.not(isNull(call.arg(0)));
            case IS_TRUE -> Outcomes.test(outcomes(call.arg(0)), Outcomes.TRUE);
            case IS_NOT_TRUE -> Outcomes.test(outcomes(call.arg(0)), Outcomes.FALSE | Outcomes.NULL);
            case IS_FALSE -> Outcomes.test(outcomes(call.arg(0)), Outcomes.FALSE);
            case IS_NOT_FALSE -> Outcomes.test(outcomes(call.arg(0)), Outcomes.TRUE | Outcomes.NULL);
            case IN -> in(call);
            case LIKE -> pattern(call, LikePrefix::range);
            case SIMILAR_TO -> pattern(call, RegexPrefix::ofSimilar);
            case REGEXP_LIKE -> pattern(call, RegexPrefix::ofSearch);
            case CASE -> choose(args);
            case COALESCE -> coalesce(args);
            default -> Outcomes.ALL;
        };
    }

    private int compare(Expr.Call call, int holds) {
        ValueRange left = range(call.arg(0));
        ValueRange right = range(call.arg(1));
        int orders = left.orders(right);
        return ((orders & holds) != 0 ? Outcomes.TRUE : 0)
                | ((orders & ~holds) != 0 ? Outcomes.FALSE : 0)
                | (left.mayBeNull() || right.mayBeNull() ? Outcomes.NULL : 0);
    }

    private int distinct(Expr.Call call) {
        ValueRange left = range(call.arg(0));
        ValueRange right = range(call.arg(1));
        int orders = left.orders(right);
        boolean differ = (orders & ~ValueRange.EQUAL) != 0
                || left.mayBeNull() && right.mayBeValue()
                || left.mayBeValue() && right.mayBeNull();
        boolean same = (orders & ValueRange.EQUAL) != 0 || left.mayBeNull() && right.mayBeNull();
        return (differ ? Outcomes.TRUE : 0) | (same ? Outcomes.FALSE : 0);
    }

    private int isNull(Expr arg) {
        ValueRange range = range(arg);
        return (range.mayBeNull() ? Outcomes.TRUE : 0) | (range.mayBeValue() ? Outcomes.FALSE : 0);
    }

    private int in(Expr.Call call) {
        ValueRange value = range(call.arg(0));
        boolean hasNull = false;
        boolean mayEqual = false;
        boolean mustEqual = false;
        for (Expr candidate : call.args().subList(1, call.args().size())) {
            ValueRange range = range(candidate);
            int orders = value.orders(range);
            mayEqual |= (orders & ValueRange.EQUAL) != 0;
            mustEqual |= orders == ValueRange.EQUAL;
            hasNull |= !range.mayBeValue();
        }
        int outcomes = value.mayBeNull() ? Outcomes.NULL : 0;
        if (value.mayBeValue()) {
            outcomes |= mayEqual ? Outcomes.TRUE : 0;
            outcomes |= mustEqual ? 0 : hasNull ? Outcomes.NULL : Outcomes.FALSE;
        }
        return outcomes;
    }

    /** @param matched the texts that may match, from the pattern and the constant behind it */
    private int pattern(Expr.Call call, BiFunction<Bytes, Bytes, ValueRange> matched) {
        ValueRange text = range(call.arg(0));
        Bytes pattern = text(call.arg(1));
        Bytes third = call.args().size() < 3 ? Bytes.EMPTY : text(call.arg(2));
        if (pattern == null || third == null) {
            return Outcomes.NULL;
        }
        int orders = text.orders(matched.apply(pattern, third));
        return ((orders & ValueRange.EQUAL) != 0 ? Outcomes.TRUE : 0)
                | (text.mayBeValue() ? Outcomes.FALSE : 0)
                | (text.mayBeNull() ? Outcomes.NULL : 0);
    }

    private static @Nullable Bytes text(Expr literal) {
        return (Bytes) ((Expr.Literal) literal).value();
    }

    private int choose(List<Expr> args) {
        int outcomes = 0;
        for (int i = 0; i + 1 < args.size(); i += 2) {
            int condition = outcomes(args.get(i));
            if (Outcomes.has(condition, Outcomes.TRUE)) {
                outcomes |= outcomes(args.get(i + 1));
            }
            if (condition == Outcomes.TRUE) {
                return outcomes;
            }
        }
        return outcomes | outcomes(args.getLast());
    }

    private int coalesce(List<Expr> args) {
        int outcomes = 0;
        for (Expr arg : args) {
            int next = outcomes(arg);
            outcomes |= next & ~Outcomes.NULL;
            if (!Outcomes.has(next, Outcomes.NULL)) {
                return outcomes;
            }
        }
        return outcomes | Outcomes.NULL;
    }

    private ValueRange range(Expr expr) {
        return switch (expr) {
            case Expr.ColumnRef ref -> ValueRange.of(columns.apply(ref.index()));
            case Expr.Literal literal -> ValueRange.of(literal.value());
            case Expr.Call call -> {
                if (call.function() == Function.CAST) {
                    yield widened(range(call.arg(0)), call.arg(0).type(), call.type());
                }
                yield call.type().equals(DataType.BOOLEAN) ? ValueRange.ofOutcomes(outcomes(call)) : ValueRange.UNKNOWN;
            }
        };
    }

    /** The range after a CAST that keeps order and value; unknown after any other, which may also fail. */
    private static ValueRange widened(ValueRange range, DataType from, DataType to) {
        if (from.equals(to)) {
            return range;
        }
        boolean integers = from.isInteger() && to.isInteger() && from.kind().compareTo(to.kind()) < 0;
        boolean exact = (from.isInteger() || from.isDecimal()) && to.isDecimal() && to.scale() >= from.scale();
        boolean floats = from.kind() == TypeKind.FLOAT32 && to.kind() == TypeKind.FLOAT64;
        boolean dates = from.kind() == TypeKind.DATE && to.kind() == TypeKind.TIMESTAMP;
        if (!integers && !exact && !floats && !dates) {
            return ValueRange.UNKNOWN;
        }
        if (integers || floats) {
            return range;
        }
        BigInteger factor =
                dates ? BigInteger.valueOf(MICROS_PER_DAY) : PowersOfTen.asBigInteger(to.scale() - from.scale());
        Object low = scaled(range.low(), factor, to);
        Object high = scaled(range.high(), factor, to);
        boolean unknown = range.mayBeValue() && (low == null || high == null);
        return unknown ? ValueRange.UNKNOWN : new ValueRange(low, high, range.mayBeNull(), range.mayBeValue());
    }

    /** A bound times a factor, or null where the type does not hold it. */
    private static @Nullable Object scaled(@Nullable Object bound, BigInteger factor, DataType to) {
        if (bound == null) {
            return null;
        }
        BigInteger value = bound instanceof BigInteger big ? big : BigInteger.valueOf((Long) bound);
        BigInteger scaled = value.multiply(factor);
        if (to.physical() == Physical.INT128) {
            return Int128.fits(scaled) && scaled.abs().compareTo(to.maxUnscaled()) <= 0 ? scaled : null;
        }
        boolean fits =
                scaled.bitLength() <= 63 && scaled.longValue() >= to.minLong() && scaled.longValue() <= to.maxLong();
        return fits ? (Object) scaled.longValue() : null;
    }
}
