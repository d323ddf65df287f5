package dev.aquifer.spi.prune;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Makes values that conditions are about ready for {@link ZonePruner}. */
final class ValueCompiler {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private ValueCompiler() {}

    static ZoneValue value(Expr expr) {
        return switch (expr) {
            case Expr.ColumnRef ref -> columns -> ValueRange.of(columns.apply(ref.index()));
            case Expr.Literal literal -> constant(ValueRange.of(literal.value()));
            case Expr.Call call -> {
                if (call.function() == Function.CAST) {
                    yield cast(call.arg(0), call.type());
                }
                if (!call.type().equals(DataType.BOOLEAN)) {
                    yield constant(ValueRange.UNKNOWN);
                }
                ZoneCondition condition = ConditionCompiler.condition(call);
                yield columns -> ValueRange.ofOutcomes(condition.outcomes(columns));
            }
        };
    }

    private static ZoneValue constant(ValueRange range) {
        return columns -> range;
    }

    private static ZoneValue cast(Expr arg, DataType to) {
        if (arg instanceof Expr.Literal literal) {
            return constant(widened(ValueRange.of(literal.value()), arg.type(), to));
        }
        ZoneValue value = value(arg);
        return columns -> widened(value.range(columns), arg.type(), to);
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
