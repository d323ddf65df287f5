package dev.aquifer.cpu.vector;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;

/**
 * One quotient of a product of 127 bits by a long, rounded half away from zero, without an object a row: long division, a
 * digit of 64 bits and then two of 32 (Knuth, "Seminumerical Algorithms", 4.3.1, algorithm D; the last two steps as
 * divlu in Warren's "Hacker's Delight").
 */
final class WideQuotient {
    private static final long HALF = 0xffff_ffffL;

    /** The greatest magnitude that the result's type holds. */
    private final long mostLow;

    private final long mostHigh;
    private long low;
    private long high;

    WideQuotient(DataType type) {
        BigInteger most = type.physical() == Physical.INT128 ? type.maxUnscaled() : BigInteger.valueOf(type.maxLong());
        this.mostLow = most.longValue();
        this.mostHigh = Int128.high(most);
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    /**
     * Divides {@code x * factor} by {@code y}; gives whether the type holds the quotient.
     *
     * @param factor 1 or more
     * @param y not 0
     */
    boolean divide(long x, long factor, long y) {
        // The least long is its own magnitude, taken as unsigned.
        long magnitude = Math.abs(x);
        long divisor = Math.abs(y);
        long top = Math.unsignedMultiplyHigh(magnitude, factor);
        high = Long.divideUnsigned(top, divisor);
        long rest = divideLow(top - high * divisor, magnitude * factor, divisor);
        if (rest != 0 && Long.compareUnsigned(rest, divisor - rest) >= 0 && ++low == 0) {
            high++;
        }
        boolean fits = high < mostHigh || high == mostHigh && Long.compareUnsigned(low, mostLow) <= 0;
        if ((x ^ y) < 0) {
            low = -low;
            high = low == 0 ? -high : ~high;
        }
        return fits;
    }

    /** Sets the low half; gives the rest. {@code top} is less than the divisor. */
    private long divideLow(long top, long bottom, long divisor) {
        if (top == 0) {
            low = Long.divideUnsigned(bottom, divisor);
            return bottom - low * divisor;
        }
        int shift = Long.numberOfLeadingZeros(divisor);
        long scaled = divisor << shift;
        // Two shifts, as one by 64 would be none.
        long upper = top << shift | bottom >>> 1 >>> (63 - shift);
        long lower = bottom << shift;
        long first = digit(upper, lower >>> 32, scaled);
        long between = (upper << 32 | lower >>> 32) - first * scaled;
        long second = digit(between, lower & HALF, scaled);
        low = (first << 32) + second;
        return ((between << 32 | lower & HALF) - second * scaled) >>> shift;
    }

    /** The digit of 32 bits of {@code upper * 2^32 + next} by a divisor whose leading bit is set and that is above upper. */
    private static long digit(long upper, long next, long divisor) {
        long lead = divisor >>> 32;
        long digit = Long.divideUnsigned(upper, lead);
        long rest = upper - digit * lead;
        // An estimate is at most two too high.
        while (digit > HALF || Long.compareUnsigned(digit * (divisor & HALF), rest << 32 | next) > 0) {
            digit--;
            rest += lead;
            if (rest > HALF) {
                break;
            }
        }
        return digit;
    }
}
