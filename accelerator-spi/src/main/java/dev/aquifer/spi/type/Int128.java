package dev.aquifer.spi.type;

import java.math.BigInteger;

/** Two 64-bit halves as one signed 128-bit integer. The scalar truth; devices have their own fast forms. */
public final class Int128 {
    private Int128() {}

    public static BigInteger toBigInteger(long low, long high) {
        BigInteger lower = BigInteger.valueOf(low >>> 32).shiftLeft(32).or(BigInteger.valueOf(low & 0xffff_ffffL));
        return BigInteger.valueOf(high).shiftLeft(64).or(lower);
    }

    /** The upper half; the lower half is {@link BigInteger#longValue()}. */
    public static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }

    /** Whether the value can be held in 128 bits. */
    public static boolean fits(BigInteger value) {
        return value.bitLength() <= 127;
    }
}
