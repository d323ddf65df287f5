package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Supplier;

/** The ARITHMETIC family over integers and decimals: exact, or OUT_OF_RANGE. Floats are {@link FloatArithmetic}. */
final class Arithmetic {
    /** Magnitudes below this multiply within 64 bits. */
    private static final long SMALL = 1L << 31;

    private Arithmetic() {}

    static Strict of(Primitive primitive, List<DataType> args, DataType result) {
        if (args.getFirst().isFloat()) {
            return FloatArithmetic.of(primitive, args.getFirst());
        }
        DataType left = args.getFirst();
        return switch (primitive) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> {
                DataType right = args.get(1);
                yield values -> binary(primitive, left, values[0], right, values[1], result);
            }
            case NEGATE ->
                values -> Numbers.physical(
                        result, Numbers.unscaled(values[0]).negate(), () -> "-(" + Numbers.text(left, values[0]) + ")");
            case ABS ->
                values -> Numbers.physical(
                        result, Numbers.unscaled(values[0]).abs(), () -> "abs(" + Numbers.text(left, values[0]) + ")");
            case ROUND -> values -> round(left, values, result);
            case FLOOR -> values -> rounded(left, values[0], 0, RoundingMode.FLOOR, result, "floor");
            case CEIL -> values -> rounded(left, values[0], 0, RoundingMode.CEILING, result, "ceil");
            default -> throw new IllegalArgumentException(primitive + " of " + args);
        };
    }

    private static Object binary(
            Primitive primitive, DataType leftType, Object left, DataType rightType, Object right, DataType result) {
        if (isSmall(left) && isSmall(right) && leftType.scale() == rightType.scale()) {
            long x = (Long) left;
            long y = (Long) right;
            Supplier<String> what = () -> text(primitive, leftType, left, rightType, right);
            if (primitive == Primitive.ADD && result.scale() == leftType.scale()) {
                return wide(result, x + y, what);
            }
            if (primitive == Primitive.SUBTRACT && result.scale() == leftType.scale()) {
                return wide(result, x - y, what);
            }
            if (primitive == Primitive.MULTIPLY && result.scale() == 2 * leftType.scale()) {
                return wide(result, x * y, what);
            }
        }
        BigDecimal x = Numbers.exact(leftType, left);
        BigDecimal y = Numbers.exact(rightType, right);
        if (y.signum() == 0 && (primitive == Primitive.DIVIDE || primitive == Primitive.MODULO)) {
            throw divisionByZero();
        }
        BigDecimal value = switch (primitive) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            case DIVIDE -> x.divide(y, result.scale(), result.isDecimal() ? RoundingMode.HALF_UP : RoundingMode.DOWN);
            case MODULO -> x.remainder(y);
            default -> throw new IllegalArgumentException(primitive + " of two numbers");
        };
        BigInteger unscaled =
                value.setScale(result.scale(), RoundingMode.HALF_UP).unscaledValue();
        return Numbers.physical(result, unscaled, () -> text(primitive, leftType, left, rightType, right));
    }

    private static boolean isSmall(Object value) {
        return value instanceof Long number && number > -SMALL && number < SMALL;
    }

    private static Object wide(DataType result, long value, Supplier<String> what) {
        return switch (result.physical()) {
            case LONG -> Numbers.physical(result, value, what);
            case INT128 -> Numbers.physical(result, BigInteger.valueOf(value), what);
            case BOOL, DOUBLE, BYTES -> throw new IllegalArgumentException(result + " is not an exact number");
        };
    }

    private static String text(Primitive primitive, DataType leftType, Object left, DataType rightType, Object right) {
        return Numbers.text(leftType, left) + " " + sign(primitive) + " " + Numbers.text(rightType, right);
    }

    static String sign(Primitive primitive) {
        return switch (primitive) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case MODULO -> "%";
            default -> throw new IllegalArgumentException(primitive + " is not a binary operator");
        };
    }

    static AquiferException divisionByZero() {
        return new AquiferException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    private static Object round(DataType type, Object[] values, DataType result) {
        long digits = values.length == 1 ? 0 : (Long) values[1];
        return rounded(type, values[0], digits, RoundingMode.HALF_UP, result, "round");
    }

    private static Object rounded(
            DataType type, Object value, long digits, RoundingMode mode, DataType result, String name) {
        BigDecimal exact = Numbers.exact(type, value);
        if (digits < exact.scale()) {
            // No value has 60 digits: a rounding that is coarser gives zero, one that is finer changes nothing.
            exact = exact.setScale((int) Math.max(digits, -60), mode);
        }
        // The result has no fewer digits after the point than were rounded to, or it is itself rounded to none.
        BigInteger unscaled = exact.setScale(result.scale(), mode).unscaledValue();
        return Numbers.physical(
                result,
                unscaled,
                () -> name + "(" + Numbers.text(type, value) + (digits == 0 ? "" : ", " + digits) + ")");
    }
}
