package dev.aquifer.engine.execute;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Physical values as the Java values of Calcite's generated code, and back. */
final class CalciteValues {
    private CalciteValues() {}

    static @Nullable Object fromPhysical(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN, FLOAT64, INT64, TIMESTAMP -> value;
            case INT8 -> (byte) (long) (Long) value;
            case INT16 -> (short) (long) (Long) value;
            case INT32, DATE -> (int) (long) (Long) value;
            case FLOAT32 -> (float) (double) (Double) value;
            case DECIMAL ->
                new BigDecimal(value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value), type.scale());
            case VARCHAR -> value.toString();
            case BINARY -> throw new IllegalArgumentException("no expression sees BINARY");
        };
    }

    static @Nullable Object toPhysical(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> value;
            case INT8, INT16, INT32, INT64, DATE, TIMESTAMP -> integer(((Number) value).longValue(), type);
            case FLOAT32, FLOAT64 -> ((Number) value).doubleValue();
            case DECIMAL -> decimal(value, type);
            case VARCHAR -> Bytes.utf8(value.toString());
            case BINARY -> throw new IllegalArgumentException("no expression gives BINARY");
        };
    }

    private static Long integer(long value, DataType type) {
        if (value < type.minLong() || value > type.maxLong()) {
            throw new AquiferException(ErrorCode.OUT_OF_RANGE, value + " does not fit " + type);
        }
        return value;
    }

    private static Object decimal(Object value, DataType type) {
        BigDecimal exact = value instanceof BigDecimal big ? big : new BigDecimal(value.toString());
        BigInteger unscaled = exact.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
        if (unscaled.abs().compareTo(type.maxUnscaled()) > 0) {
            throw new AquiferException(ErrorCode.OUT_OF_RANGE, exact.toPlainString() + " does not fit " + type);
        }
        return switch (type.physical()) {
            case LONG -> unscaled.longValue();
            case INT128 -> unscaled;
            case BOOL, DOUBLE, BYTES -> throw new IllegalArgumentException(type + " is not DECIMAL");
        };
    }

    /** What a failure of generated code is to the user. */
    static AquiferException failure(RuntimeException e, String expression) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ArithmeticException) {
            ErrorCode code = message.contains("zero") ? ErrorCode.DIVISION_BY_ZERO : ErrorCode.OUT_OF_RANGE;
            return new AquiferException(code, expression + ": " + message, e);
        }
        if (cause instanceof NumberFormatException) {
            return new AquiferException(ErrorCode.INVALID_CAST, expression + ": " + message, e);
        }
        return new AquiferException(ErrorCode.INVALID_ARGUMENT, expression + ": " + message, e);
    }
}
