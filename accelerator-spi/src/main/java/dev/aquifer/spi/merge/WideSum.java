package dev.aquifer.spi.merge;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Exact sums of 128-bit integers: a 192-bit two's complement integer, which holds the sum of 2^64 of them. In memory a
 * state is three longs of an array, the lowest first, zero at the start; on the way it is {@link #BYTES} bytes,
 * little-endian.
 */
public final class WideSum {
    /** Array elements of a state. */
    public static final int LONGS = 3;
    /** Bytes of a state in a BINARY column. */
    public static final int BYTES = 8 * LONGS;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private WideSum() {}

    /** Adds a 64-bit integer to the state at {@code at}. */
    public static void add(long[] state, int at, long value) {
        add(state, at, value, value >> 63);
    }

    /** Adds a 128-bit integer to the state at {@code at}. */
    public static void add(long[] state, int at, long low, long high) {
        long sum0 = state[at] + low;
        long carry0 = Long.compareUnsigned(sum0, low) < 0 ? 1 : 0;
        long middle = state[at + 1] + high;
        long carry1 = Long.compareUnsigned(middle, high) < 0 ? 1 : 0;
        long sum1 = middle + carry0;
        carry1 += carry0 == 1 && sum1 == 0 ? 1 : 0;
        state[at] = sum0;
        state[at + 1] = sum1;
        state[at + 2] += (high >> 63) + carry1;
    }

    /**
     * Adds the state at {@code from} of {@code other} to the state at {@code at}.
     *
     * @throws AquiferException INTERNAL if the sum leaves 192 bits, which sums of rows cannot
     */
    public static void merge(long[] state, int at, long[] other, int from) {
        long sign = state[at + 2] >> 63;
        long otherSign = other[from + 2] >> 63;
        add(state, at, other[from], other[from + 1]);
        // add() extended the sign of the middle word; put the real upper word in its place.
        state[at + 2] += other[from + 2] - (other[from + 1] >> 63);
        if (sign == otherSign && state[at + 2] >> 63 != sign) {
            throw new AquiferException(ErrorCode.INTERNAL, "a partial sum does not fit 192 bits");
        }
    }

    /** The sum. */
    public static BigInteger value(long[] state, int at) {
        BigInteger value = BigInteger.valueOf(state[at + 2]);
        value = value.shiftLeft(64).or(unsigned(state[at + 1]));
        return value.shiftLeft(64).or(unsigned(state[at]));
    }

    private static BigInteger unsigned(long word) {
        BigInteger value = BigInteger.valueOf(word);
        return word < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
    }

    /** Writes the state at {@code at} as {@link #BYTES} bytes at {@code offset}. */
    public static void encode(long[] state, int at, byte[] target, int offset) {
        for (int i = 0; i < LONGS; i++) {
            LONG.set(target, offset + 8 * i, state[at + i]);
        }
    }

    public static Bytes encode(long[] state, int at) {
        byte[] bytes = new byte[BYTES];
        encode(state, at, bytes, 0);
        return Bytes.of(bytes);
    }

    /** The state of a sum that is known as a whole; its magnitude must be below 2^191. */
    public static Bytes encode(BigInteger sum) {
        long[] state = {
            sum.longValue(), sum.shiftRight(64).longValue(), sum.shiftRight(128).longValueExact()
        };
        return encode(state, 0);
    }

    /**
     * Reads a state from {@code source[offset .. offset + length)} into the state at {@code at}.
     *
     * @throws AquiferException INTERNAL if it is not {@link #BYTES} long
     */
    public static void decode(byte[] source, int offset, int length, long[] state, int at) {
        if (length != BYTES) {
            throw new AquiferException(ErrorCode.INTERNAL, "a partial sum of " + length + " bytes, not " + BYTES);
        }
        for (int i = 0; i < LONGS; i++) {
            state[at + i] = (long) LONG.get(source, offset + 8 * i);
        }
    }
}
