package dev.aquifer.engine.translate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Conversions of constants that cannot round; comparisons with converted constants can be pruned and encoded. */
final class ExactLiterals {
    private ExactLiterals() {}

    /** The constant as another type, or null where it would change or the types need the evaluator. */
    static Expr.@Nullable Literal convert(Expr.Literal literal, DataType target) {
        Object value = literal.value();
        DataType type = literal.type();
        if (value == null) {
            return new Expr.Literal(target, null);
        }
        if (type.equals(DataType.DATE) && target.equals(DataType.TIMESTAMP)) {
            long days = (Long) value;
            return Math.abs(days) < 100_000_000L ? new Expr.Literal(target, days * 86_400_000_000L) : null;
        }
        if (!(type.isInteger() || type.isDecimal()) || !target.isNumeric()) {
            return null;
        }
        BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        BigDecimal exact = new BigDecimal(unscaled, type.scale());
        if (target.equals(DataType.FLOAT64)) {
            return new Expr.Literal(target, exact.doubleValue());
        }
        if (target.isFloat() || exact.stripTrailingZeros().scale() > target.scale()) {
            return null;
        }
        BigInteger moved =
                exact.setScale(target.scale(), RoundingMode.UNNECESSARY).unscaledValue();
        return switch (target.physical()) {
            case LONG ->
                moved.bitLength() < 64 && moved.longValue() >= target.minLong() && moved.longValue() <= target.maxLong()
                        ? new Expr.Literal(target, moved.longValue())
                        : null;
            case INT128 -> moved.abs().compareTo(target.maxUnscaled()) <= 0 ? new Expr.Literal(target, moved) : null;
            case BOOL, DOUBLE, BYTES -> null;
        };
    }
}
