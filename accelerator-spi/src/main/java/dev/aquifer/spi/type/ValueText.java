package dev.aquifer.spi.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;

/** The text form of values: what CAST to VARCHAR gives, what results print, what error messages show. */
public final class ValueText {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    /** Decimal digits that every float of a size keeps; PostgreSQL prints an exponent from so many digits on. */
    private static final int DOUBLE_DIGITS = 15;

    private static final int FLOAT_DIGITS = 6;
    private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    private ValueText() {}

    /** The text of a physical value that is not null. */
    public static String of(DataType type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) value ? "true" : "false";
            case INT8, INT16, INT32, INT64 -> value.toString();
            case DECIMAL -> decimal(value, type.scale());
            case FLOAT32 -> floating((float) (double) (Double) value);
            case FLOAT64 -> floating((Double) value);
            case DATE -> date((Long) value);
            case TIMESTAMP -> timestamp((Long) value);
            case VARCHAR -> value.toString();
            case BINARY -> HexFormat.of().formatHex(((Bytes) value).array());
        };
    }

    private static String decimal(Object value, int scale) {
        BigInteger unscaled = value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    /** As PostgreSQL: the shortest text that reads back the same, an exponent only where it is shorter to read. */
    private static String floating(double value) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? special(value)
                : exponent(shortest(new BigDecimal(Double.toString(value)), value), value, DOUBLE_DIGITS);
    }

    private static String floating(float value) {
        return Float.isNaN(value) || Float.isInfinite(value)
                ? special(value)
                : exponent(shortest(new BigDecimal(Float.toString(value)), value), value, FLOAT_DIGITS);
    }

    /** Java prints two digits at least, also where one reads back the same: 4.9E-324 is 5e-324. */
    private static BigDecimal shortest(BigDecimal printed, double value) {
        BigDecimal one = printed.round(new MathContext(1));
        return one.doubleValue() == value ? one : printed;
    }

    private static BigDecimal shortest(BigDecimal printed, float value) {
        BigDecimal one = printed.round(new MathContext(1));
        return one.floatValue() == value ? one : printed;
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }

    private static String exponent(BigDecimal exact, double value, int plainDigits) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = exact.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < plainDigits) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "") + mantissa + String.format(Locale.ROOT, "e%+03d", exponent);
    }

    /** ISO date; years outside of 0 to 9999 have a sign, as {@link LocalDate} prints them. */
    public static String date(long days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    public static String timestamp(long micros) {
        long days = Math.floorDiv(micros, MICROS_PER_DAY);
        long ofDay = Math.floorMod(micros, MICROS_PER_DAY);
        long seconds = ofDay / MICROS_PER_SECOND;
        String text = String.format(
                Locale.ROOT, "%s %02d:%02d:%02d", date(days), seconds / 3600, seconds / 60 % 60, seconds % 60);
        long fraction = ofDay % MICROS_PER_SECOND;
        if (fraction == 0) {
            return text;
        }
        String digits = String.format(Locale.ROOT, "%06d", fraction);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return text + "." + digits.substring(0, end);
    }
}
