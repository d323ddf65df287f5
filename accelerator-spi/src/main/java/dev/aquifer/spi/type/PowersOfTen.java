package dev.aquifer.spi.type;

import java.math.BigInteger;

/** Powers of ten, as used to rescale decimals. */
public final class PowersOfTen {
    private static final long[] LONGS = new long[19];
    private static final BigInteger[] BIG = new BigInteger[77];

    static {
        long power = 1;
        for (int i = 0; i < LONGS.length; i++) {
            LONGS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < BIG.length; i++) {
            BIG[i] = BigInteger.TEN.pow(i);
        }
    }

    private PowersOfTen() {}

    /** Ten to {@code exponent}, which is 0 to 18. */
    public static long asLong(int exponent) {
        return LONGS[exponent];
    }

    /** Ten to {@code exponent}, which is 0 to 76. */
    public static BigInteger asBigInteger(int exponent) {
        return BIG[exponent];
    }
}
