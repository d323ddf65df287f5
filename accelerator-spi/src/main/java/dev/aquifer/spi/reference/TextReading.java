package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Reads booleans and numbers from text, as PostgreSQL does: white space around is ignored. A text that is no value of the
 * type is INVALID_CAST, one that is too large for it OUT_OF_RANGE. Dates are {@link TimeReading}'s.
 *
 * <p>Not read, though newer PostgreSQL does: {@code 0x1f}, {@code 1_000}, and as a decimal {@code NaN} and {@code
 * Infinity}, which DECIMAL does not have. A float too small for its type is zero.
 */
public final class TextReading {
    /** Characters of a text shown in messages. */
    private static final int SHOWN = 60;
    /** More digits before the point than any number type holds, floats included. */
    private static final int MAX_MAGNITUDE = 400;

    private TextReading() {}

    /** Any beginning of true, false, yes or no, or {@code on}, {@code of}, {@code off}, {@code 1}, {@code 0}; any case. */
    public static boolean readBoolean(Bytes text) {
        String word = strip(text.toString()).toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on") || word.equals("1")) {
                return true;
            }
            if ("false".startsWith(word)
                    || "no".startsWith(word)
                    || word.equals("of")
                    || word.equals("off")
                    || word.equals("0")) {
                return false;
            }
        }
        throw invalid(text, DataType.BOOLEAN);
    }

    /** An integer: a sign, and digits. */
    public static long readInteger(DataType type, Bytes text) {
        String number = strip(text.toString());
        int digits = skipSign(number);
        if (digits == number.length() || skipDigits(number, digits) != number.length()) {
            throw invalid(text, type);
        }
        while (digits < number.length() - 1 && number.charAt(digits) == '0') {
            digits++;
        }
        if (number.length() - digits > 19) {
            throw outOfRange(text, type);
        }
        BigInteger value = new BigInteger(number.substring(digits));
        value = number.charAt(0) == '-' ? value.negate() : value;
        if (value.bitLength() > 63 || value.longValue() < type.minLong() || value.longValue() > type.maxLong()) {
            throw outOfRange(text, type);
        }
        return value.longValue();
    }

    /** The unscaled value of a decimal, rounded half away from zero to the type's scale; an exponent is allowed. */
    public static BigInteger readDecimal(DataType type, Bytes text) {
        String number = strip(text.toString());
        if (!isNumber(number)) {
            throw invalid(text, type);
        }
        int exponentAt = exponentAt(number);
        BigDecimal mantissa = new BigDecimal(number.substring(0, exponentAt));
        long exponent = exponentAt == number.length() ? 0 : exponent(number.substring(exponentAt + 1));
        if (mantissa.signum() == 0) {
            return BigInteger.ZERO;
        }
        long magnitude = (long) mantissa.precision() - mantissa.scale() + exponent;
        if (magnitude > MAX_MAGNITUDE) {
            throw outOfRange(text, type);
        }
        if (magnitude < -DataType.MAX_PRECISION - 1) {
            return BigInteger.ZERO;
        }
        BigInteger unscaled = mantissa.scaleByPowerOfTen((int) exponent)
                .setScale(type.scale(), RoundingMode.HALF_UP)
                .unscaledValue();
        if (unscaled.abs().compareTo(type.maxUnscaled()) > 0) {
            throw outOfRange(text, type);
        }
        return unscaled;
    }

    /** A float, correctly rounded to the type; also {@code NaN}, and {@code Infinity} or {@code inf} with a sign. */
    public static double readFloat(DataType type, Bytes text) {
        String number = strip(text.toString());
        switch (number.toLowerCase(Locale.ROOT)) {
            case "nan" -> {
                return Double.NaN;
            }
            case "infinity", "+infinity", "inf", "+inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-infinity", "-inf" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                if (!isNumber(number)) {
                    throw invalid(text, type);
                }
            }
        }
        double value = type.kind() == TypeKind.FLOAT32 ? Float.parseFloat(number) : Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            throw outOfRange(text, type);
        }
        return value;
    }

    /** Whether a text is a sign, digits with or without a point, and an exponent; sign, point and exponent may lack. */
    private static boolean isNumber(String text) {
        int from = skipSign(text);
        int at = skipDigits(text, from);
        int digits = at - from;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = skipDigits(text, fraction);
            digits += at - fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            String exponent = text.substring(at + 1);
            int first = skipSign(exponent);
            return first < exponent.length() && skipDigits(exponent, first) == exponent.length();
        }
        return at == text.length();
    }

    private static int exponentAt(String number) {
        int at = Math.max(number.indexOf('e'), number.indexOf('E'));
        return at < 0 ? number.length() : at;
    }

    /** An exponent, cut to ±10^8: past that the value is zero or out of range, whatever the mantissa. */
    private static long exponent(String text) {
        BigInteger bound = BigInteger.valueOf(100_000_000);
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text)
                .max(bound.negate())
                .min(bound)
                .longValue();
    }

    private static int skipSign(String text) {
        return !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
    }

    static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    static boolean isSpace(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }

    /** Without the white space around it: space, tab, line feed, vertical tab, form feed, carriage return. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static AquiferException invalid(Bytes text, DataType type) {
        String article = type.isInteger() ? "an " : "a ";
        return new AquiferException(ErrorCode.INVALID_CAST, quoted(text) + " is not " + article + type);
    }

    static AquiferException outOfRange(Bytes text, DataType type) {
        return new AquiferException(ErrorCode.OUT_OF_RANGE, quoted(text) + " does not fit " + type);
    }

    private static String quoted(Bytes bytes) {
        String text = bytes.toString();
        String shown = text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
        return "'" + shown + "'";
    }
}
