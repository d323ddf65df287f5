package dev.aquifer.spi.merge;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Sums of floats that do not depend on the order of their terms, after the binned sums of Demmel and Nguyen ("Parallel
 * Reproducible Summation", 2015).
 *
 * <p>The binary digits of all finite doubles, from 2^-1074 up, are cut into bins of 24 bits at fixed places. A term is
 * split exactly into the digits it has in each bin, and a state adds up digits bin by bin, without carries. It keeps six
 * bins: the highest in which any term had a digit (the top), and the five below; digits further down are dropped. The top
 * only rises, so a digit that is dropped early would also have been dropped late, and the state is a function of the
 * multiset of terms alone: same terms, same bytes. At least 121 bits below the leading bit of the greatest term are
 * exact, where a double has 53.
 *
 * <p>NaN and the infinities are flags. Zeros of either sign add nothing: a sum of negative zeros is 0.0.
 *
 * <p>In memory a state is {@link #LONGS} longs of an array, all zero at the start: the first has the top bin plus one in
 * its low 16 bits and the flags above, the others have the bins, top first. On the way it is {@link #BYTES} bytes,
 * little-endian. A bin holds 2^39 digits; one more is an error, not a wrong sum.
 */
public final class FloatSum {
    /** Array elements of a state. */
    public static final int LONGS = 7;
    /** Bytes of a state in a BINARY column. */
    public static final int BYTES = 8 * LONGS;

    private static final int BINS = LONGS - 1;
    private static final int BIN_BITS = 24;
    private static final long DIGIT = (1L << BIN_BITS) - 1;
    private static final int MAX_BIN = (2045 + 52) / BIN_BITS;
    /** The exponent of the lowest bit of bin 0. */
    private static final int MIN_EXPONENT = -1074;

    private static final long TOP_MASK = 0xffff;
    private static final long NAN = 1L << 16;
    private static final long POSITIVE_INFINITY = 1L << 17;
    private static final long NEGATIVE_INFINITY = 1L << 18;
    private static final long FLAGS = NAN | POSITIVE_INFINITY | NEGATIVE_INFINITY;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private FloatSum() {}

    /** Adds a float to the state at {@code at}. */
    public static void add(long[] state, int at, double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long mantissa = bits & 0xf_ffff_ffff_ffffL;
        if (exponent == 0x7ff) {
            state[at] |= mantissa != 0 ? NAN : bits > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
            return;
        }
        if (exponent == 0) {
            if (mantissa == 0) {
                return;
            }
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        int lowest = (exponent - 1) / BIN_BITS;
        int shift = (exponent - 1) % BIN_BITS;
        long digit0 = mantissa << shift & DIGIT;
        long rest = mantissa >>> (BIN_BITS - shift);
        long digit1 = rest & DIGIT;
        long digit2 = rest >>> BIN_BITS & DIGIT;
        long digit3 = rest >>> 2 * BIN_BITS;
        int highest = lowest + (digit3 != 0 ? 3 : digit2 != 0 ? 2 : digit1 != 0 ? 1 : 0);
        if (highest > top(state, at)) {
            raise(state, at, highest);
        }
        long sign = bits >> 63;
        int index = top(state, at) - lowest;
        addDigit(state, at, index, (digit0 ^ sign) - sign);
        addDigit(state, at, index - 1, (digit1 ^ sign) - sign);
        addDigit(state, at, index - 2, (digit2 ^ sign) - sign);
        addDigit(state, at, index - 3, (digit3 ^ sign) - sign);
    }

    /** @param index bins below the top; below 0 only with a digit of zero */
    private static void addDigit(long[] state, int at, int index, long digit) {
        if (index >= 0 && index < BINS) {
            state[at + 1 + index] = addBins(state[at + 1 + index], digit);
        }
    }

    private static long addBins(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw new AquiferException(ErrorCode.OUT_OF_RANGE, "a sum of more floats than 2^39");
        }
        return sum;
    }

    /** The top bin, or -1 where no term had a digit. */
    private static int top(long[] state, int at) {
        return (int) (state[at] & TOP_MASK) - 1;
    }

    private static void raise(long[] state, int at, int top) {
        int by = Math.min(BINS, top - top(state, at));
        for (int i = BINS - 1; i >= 0; i--) {
            state[at + 1 + i] = i < by ? 0 : state[at + 1 + i - by];
        }
        state[at] = state[at] & ~TOP_MASK | top + 1;
    }

    /** Adds the state at {@code from} of {@code other} to the state at {@code at}. */
    public static void merge(long[] state, int at, long[] other, int from) {
        state[at] |= other[from] & FLAGS;
        int otherTop = top(other, from);
        if (otherTop > top(state, at)) {
            raise(state, at, otherTop);
        }
        int below = top(state, at) - otherTop;
        for (int i = 0; i + below < BINS; i++) {
            state[at + 1 + i + below] = addBins(state[at + 1 + i + below], other[from + 1 + i]);
        }
    }

    /**
     * The sum, rounded once, half to even. A NaN, or infinities of both signs, give NaN.
     *
     * @throws AquiferException OUT_OF_RANGE if finite terms have a sum past the greatest finite double
     */
    public static double value(long[] state, int at) {
        long flags = state[at] & FLAGS;
        if (flags != 0) {
            return flags == POSITIVE_INFINITY
                    ? Double.POSITIVE_INFINITY
                    : flags == NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        int top = top(state, at);
        // Bins below bin 0 do not exist and hold nothing.
        int used = Math.min(BINS, top + 1);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < used; i++) {
            sum = sum.shiftLeft(BIN_BITS).add(BigInteger.valueOf(state[at + 1 + i]));
        }
        // doubleValue() rounds to 53 bits; scaling is exact after that, as no bit lies below 2^-1074.
        double value = Math.scalb(sum.doubleValue(), MIN_EXPONENT + BIN_BITS * (top + 1 - used));
        if (Double.isInfinite(value)) {
            throw new AquiferException(ErrorCode.OUT_OF_RANGE, "sum does not fit FLOAT64");
        }
        return value;
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

    /**
     * Reads a state from {@code source[offset .. offset + length)} into the state at {@code at}.
     *
     * @throws AquiferException INTERNAL if it cannot be a state
     */
    public static void decode(byte[] source, int offset, int length, long[] state, int at) {
        if (length != BYTES) {
            throw new AquiferException(ErrorCode.INTERNAL, "a partial float sum of " + length + " bytes, not " + BYTES);
        }
        for (int i = 0; i < LONGS; i++) {
            state[at + i] = (long) LONG.get(source, offset + 8 * i);
        }
        if ((state[at] & ~(TOP_MASK | FLAGS)) != 0 || top(state, at) > MAX_BIN) {
            throw new AquiferException(
                    ErrorCode.INTERNAL, "a partial float sum with header " + Long.toHexString(state[at]));
        }
    }
}
