package dev.aquifer.spi.reference;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import dev.aquifer.spi.type.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.Supplier;

/**
 * CAST. To an integer, decimals round half away from zero and floats half to even; to a decimal, a float goes by its
 * shortest text; to text, everything is {@link ValueText}. A value that does not fit is OUT_OF_RANGE.
 */
final class Casting {
    private static final BigDecimal TWO_TO_63 = new BigDecimal(BigInteger.ONE.shiftLeft(63));

    private Casting() {}

    static Strict of(DataType from, DataType to) {
        if (from.equals(to)) {
            return args -> args[0];
        }
        return switch (from.kind()) {
            case BOOLEAN ->
                to.kind() == TypeKind.VARCHAR ? toText(from) : args -> (Boolean) args[0] ? (Object) 1L : (Object) 0L;
            case INT8, INT16, INT32, INT64, DECIMAL -> fromExact(from, to);
            case FLOAT32, FLOAT64 -> fromFloat(from, to);
            case DATE -> to.kind() == TypeKind.VARCHAR ? toText(from) : args -> dateToTimestamp((Long) args[0]);
            case TIMESTAMP -> to.kind() == TypeKind.VARCHAR ? toText(from) : args -> timestampToDate((Long) args[0]);
            case VARCHAR -> fromText(to);
            case BINARY -> throw unknown(from, to);
        };
    }

    private static IllegalArgumentException unknown(DataType from, DataType to) {
        return new IllegalArgumentException("no CAST of " + from + " to " + to);
    }

    private static Strict toText(DataType from) {
        return args -> Bytes.utf8(ValueText.of(from, args[0]));
    }

    private static Strict fromExact(DataType from, DataType to) {
        return switch (to.kind()) {
            case BOOLEAN -> args -> (Long) args[0] != 0;
            case INT8, INT16, INT32, INT64, DECIMAL ->
                args -> Numbers.physical(
                        to,
                        Numbers.exact(from, args[0])
                                .setScale(to.scale(), RoundingMode.HALF_UP)
                                .unscaledValue(),
                        shown(from, args[0]));
            // Straight to the target: rounding twice could round wrong.
            case FLOAT32 -> args -> (double) Numbers.exact(from, args[0]).floatValue();
            case FLOAT64 -> args -> Numbers.exact(from, args[0]).doubleValue();
            case VARCHAR -> toText(from);
            case DATE, TIMESTAMP, BINARY -> throw unknown(from, to);
        };
    }

    private static Supplier<String> shown(DataType type, Object value) {
        return () -> Numbers.text(type, value);
    }

    private static Strict fromFloat(DataType from, DataType to) {
        return switch (to.kind()) {
            case INT8, INT16, INT32, INT64 -> args -> floatToInteger(from, (Double) args[0], to);
            case DECIMAL -> args -> floatToDecimal(from, (Double) args[0], to);
            case FLOAT32 -> args -> narrowed(from, (Double) args[0], to);
            case FLOAT64 -> args -> args[0];
            case VARCHAR -> toText(from);
            case BOOLEAN, DATE, TIMESTAMP, BINARY -> throw unknown(from, to);
        };
    }

    private static Object floatToInteger(DataType from, double value, DataType to) {
        double rounded = Math.rint(value);
        if (!Double.isFinite(value) || new BigDecimal(rounded).abs().compareTo(TWO_TO_63) > 0) {
            throw Numbers.outOfRange(to, shown(from, value));
        }
        return Numbers.physical(to, new BigDecimal(rounded).toBigIntegerExact(), shown(from, value));
    }

    private static Object floatToDecimal(DataType from, double value, DataType to) {
        if (!Double.isFinite(value)) {
            throw Numbers.outOfRange(to, shown(from, value));
        }
        BigDecimal shortest = new BigDecimal(
                from.kind() == TypeKind.FLOAT32 ? Float.toString((float) value) : Double.toString(value));
        return Numbers.physical(
                to, shortest.setScale(to.scale(), RoundingMode.HALF_UP).unscaledValue(), shown(from, value));
    }

    private static Object narrowed(DataType from, double value, DataType to) {
        double narrow = (float) value;
        if (Double.isInfinite(narrow) && Double.isFinite(value)) {
            throw Numbers.outOfRange(to, shown(from, value));
        }
        return narrow;
    }

    private static Object dateToTimestamp(long day) {
        return TimeFunctions.timestamp(day, 0, shown(DataType.DATE, day));
    }

    private static Object timestampToDate(long micros) {
        return CivilTime.dayOf(micros);
    }

    private static Strict fromText(DataType to) {
        return switch (to.kind()) {
            case BOOLEAN -> args -> TextReading.readBoolean((Bytes) args[0]);
            case INT8, INT16, INT32, INT64 -> args -> TextReading.readInteger(to, (Bytes) args[0]);
            case DECIMAL ->
                args -> {
                    BigInteger unscaled = TextReading.readDecimal(to, (Bytes) args[0]);
                    return Numbers.physical(to, unscaled, shown(DataType.VARCHAR, args[0]));
                };
            case FLOAT32, FLOAT64 -> args -> TextReading.readFloat(to, (Bytes) args[0]);
            case DATE -> args -> TimeReading.readDate((Bytes) args[0]);
            case TIMESTAMP -> args -> TimeReading.readTimestamp((Bytes) args[0]);
            case VARCHAR -> args -> args[0];
            case BINARY -> throw unknown(DataType.VARCHAR, to);
        };
    }
}
