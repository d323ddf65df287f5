package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;

/** Integers and decimals as exact numbers, and back with a check of their range. */
final class Numbers {
    private Numbers() {}

    /** The value of an integer or decimal. */
    static BigDecimal exact(DataType type, Object value) {
        return new BigDecimal(unscaled(value), type.scale());
    }

    static BigInteger unscaled(Object value) {
        return value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
    }

    /**
     * The physical value of an integer or decimal type, from its unscaled value.
     *
     * @param what says what was computed, for the message
     * @throws AquiferException OUT_OF_RANGE if the type does not hold it
     */
    static Object physical(DataType type, BigInteger unscaled, Supplier<String> what) {
        if (type.physical() == Physical.LONG) {
            if (unscaled.bitLength() > 63) {
                throw outOfRange(type, what);
            }
            return physical(type, unscaled.longValue(), what);
        }
        if (unscaled.abs().compareTo(type.maxUnscaled()) > 0) {
            throw outOfRange(type, what);
        }
        return unscaled;
    }

    static Object physical(DataType type, long value, Supplier<String> what) {
        if (value < type.minLong() || value > type.maxLong()) {
            throw outOfRange(type, what);
        }
        return value;
    }

    static AquiferException outOfRange(DataType type, Supplier<String> what) {
        return new AquiferException(ErrorCode.OUT_OF_RANGE, what.get() + " does not fit " + type);
    }

    static String text(DataType type, Object value) {
        return ValueText.of(type, value);
    }
}
