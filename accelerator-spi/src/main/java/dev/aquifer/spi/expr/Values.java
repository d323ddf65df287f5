package dev.aquifer.spi.expr;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Whether a boxed value is a physical value of a type. */
public final class Values {
    private Values() {}

    /** @throws AquiferException INVALID_PLAN if the value is not one of the type */
    public static void check(DataType type, @Nullable Object value) {
        if (value != null && !fits(type, value)) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, value + " is not a value of " + type);
        }
    }

    private static boolean fits(DataType type, Object value) {
        return switch (type.physical()) {
            case BOOL -> value instanceof Boolean;
            case LONG -> value instanceof Long number && number >= type.minLong() && number <= type.maxLong();
            case INT128 -> value instanceof BigInteger big && big.abs().compareTo(type.maxUnscaled()) <= 0;
            case DOUBLE ->
                value instanceof Double number
                        && (type.kind() == TypeKind.FLOAT64
                                || number.isNaN()
                                || (double) (float) (double) number == number);
            case BYTES -> value instanceof Bytes;
        };
    }
}
