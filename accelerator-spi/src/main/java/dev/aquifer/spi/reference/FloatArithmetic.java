package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The ARITHMETIC family over floats: IEEE 754, round half to even, FLOAT32 results rounded to binary32. Infinity from
 * finite operands is OUT_OF_RANGE; a result too small becomes zero. Division by zero is an error but for NaN.
 */
final class FloatArithmetic {
    /** More digits than this, either way, are past every float. */
    private static final int MAX_DIGITS = 1_100;

    private FloatArithmetic() {}

    static Strict of(Primitive primitive, DataType type) {
        return switch (primitive) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO ->
                args -> binary(primitive, type, (Double) args[0], (Double) args[1]);
            case NEGATE -> args -> -(Double) args[0];
            case ABS -> args -> Math.abs((Double) args[0]);
            case ROUND ->
                args -> args.length == 1 ? Math.rint((Double) args[0]) : round(type, (Double) args[0], (Long) args[1]);
            case FLOOR -> args -> Math.floor((Double) args[0]);
            case CEIL -> args -> Math.ceil((Double) args[0]);
            case SQRT -> args -> squareRoot((Double) args[0]);
            default -> throw new IllegalArgumentException(primitive + " of " + type);
        };
    }

    private static Object binary(Primitive primitive, DataType type, double left, double right) {
        if (right == 0 && !Double.isNaN(left) && (primitive == Primitive.DIVIDE || primitive == Primitive.MODULO)) {
            throw Arithmetic.divisionByZero();
        }
        // For binary32 operands, rounding the binary64 result once more gives the correctly rounded binary32 result.
        double value = narrow(
                type,
                switch (primitive) {
                    case ADD -> left + right;
                    case SUBTRACT -> left - right;
                    case MULTIPLY -> left * right;
                    case DIVIDE -> left / right;
                    case MODULO -> left % right;
                    default -> throw new IllegalArgumentException(primitive + " of two floats");
                });
        if (Double.isInfinite(value) && Double.isFinite(left) && Double.isFinite(right)) {
            throw Numbers.outOfRange(
                    type,
                    () -> Numbers.text(type, left) + " " + Arithmetic.sign(primitive) + " "
                            + Numbers.text(type, right));
        }
        return value;
    }

    private static double narrow(DataType type, double value) {
        return type.kind() == TypeKind.FLOAT32 ? (float) value : value;
    }

    /** Half away from zero, of the exact binary value; the sign of a zero stays. */
    private static Object round(DataType type, double value, long digits) {
        if (!Double.isFinite(value) || digits >= MAX_DIGITS) {
            return value;
        }
        BigDecimal exact = new BigDecimal(value).setScale((int) Math.max(digits, -MAX_DIGITS), RoundingMode.HALF_UP);
        double rounded = type.kind() == TypeKind.FLOAT32 ? exact.floatValue() : exact.doubleValue();
        if (Double.isInfinite(rounded)) {
            throw Numbers.outOfRange(type, () -> "round(" + Numbers.text(type, value) + ", " + digits + ")");
        }
        return Math.copySign(rounded, value);
    }

    private static Object squareRoot(double value) {
        if (value < 0) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "square root of the negative number " + Numbers.text(DataType.FLOAT64, value));
        }
        return Math.sqrt(value);
    }
}
