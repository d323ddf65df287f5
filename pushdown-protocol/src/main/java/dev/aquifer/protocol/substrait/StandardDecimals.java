package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;

/**
 * The result types of Substrait's own decimal arithmetic (functions_arithmetic_decimal). They are not Aquifer's where 38
 * digits do not suffice, and for products; such calls travel under Aquifer's extension, as the standard functions would
 * give other digits.
 */
final class StandardDecimals {
    private static final int LEAST_SCALE = 6;

    private StandardDecimals() {}

    static DataType result(Function function, DataType left, DataType right) {
        int p1 = left.precision();
        int s1 = left.scale();
        int p2 = right.precision();
        int s2 = right.scale();
        return switch (function) {
            case ADD, SUBTRACT -> {
                int scale = Math.max(s1, s2);
                yield bounded(scale + Math.max(p1 - s1, p2 - s2) + 1, scale);
            }
            case MULTIPLY -> bounded(p1 + p2 + 1, s1 + s2);
            case DIVIDE -> {
                int scale = Math.max(LEAST_SCALE, s1 + p2 + 1);
                yield bounded(p1 - s1 + p2 + scale, scale);
            }
            case MODULO -> {
                int scale = Math.max(s1, s2);
                yield bounded(Math.max(1, Math.min(p1 - s1, p2 - s2) + scale), scale);
            }
            default -> throw new IllegalArgumentException(function + " is not decimal arithmetic");
        };
    }

    private static DataType bounded(int precision, int scale) {
        if (precision <= DataType.MAX_PRECISION) {
            return DataType.decimal(precision, scale);
        }
        int borrowed = Math.max(scale - (precision - DataType.MAX_PRECISION), Math.min(scale, LEAST_SCALE));
        return DataType.decimal(DataType.MAX_PRECISION, Math.min(borrowed, DataType.MAX_PRECISION));
    }
}
