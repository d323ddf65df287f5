package dev.aquifer.cpu.vector;

import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;

/** Integers and decimals of registers as big integers, for the rare rows that need them. */
final class Exact {
    private Exact() {}

    static BigInteger unscaled(Register register, int row) {
        return register.narrow
                ? BigInteger.valueOf(register.longs[row])
                : Int128.toBigInteger(register.longs[row], register.highs[row]);
    }

    /** Whether the type of a register holds a value. */
    static boolean fits(Register register, BigInteger unscaled) {
        if (register.physical == Physical.LONG) {
            return unscaled.bitLength() < 64
                    && unscaled.longValue() >= register.type.minLong()
                    && unscaled.longValue() <= register.type.maxLong();
        }
        return unscaled.abs().compareTo(register.type.maxUnscaled()) <= 0;
    }

    static void put(Register register, int row, BigInteger unscaled) {
        register.longs[row] = unscaled.longValue();
        if (!register.narrow) {
            register.highs[row] = Int128.high(unscaled);
        }
    }
}
