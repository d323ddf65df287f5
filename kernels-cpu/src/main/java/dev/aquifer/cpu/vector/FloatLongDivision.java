package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.DOUBLES;
import static dev.aquifer.cpu.vector.Lanes.LONGS;

import dev.aquifer.spi.type.PowersOfTen;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Exact quotients with more digits than {@link FloatDivision} can give, by long division in its manner: the dividend, then
 * each rest times a power of ten, goes through a product with the divisor's inverse, which rounded is the next digits or one
 * more. Rests are computed modulo 2^64: they are less than the divisor, so that nothing is lost.
 */
final class FloatLongDivision {
    /** Digits of one step. The product is then below 2^47 and off by less than a tenth. */
    private static final int MOST_DIGITS = 14;

    private static final double SHIFT = 0x1p52;
    private static final long SHIFT_BITS = Double.doubleToRawLongBits(SHIFT);

    private FloatLongDivision() {}

    /**
     * Divides {@code left * 10^up} by {@code right}, rounded half away from zero, to whole vectors; what is past the rows
     * gives anything.
     *
     * @param left less than {@link FloatDivision#LIMIT}
     * @param right less than {@link FloatDivision#LIMIT}, not 0
     * @param up 1 to 18
     * @param highs the high halves; unless the quotients are known to fit 64 bits
     */
    static void divide(long[] left, long[] right, int up, int rows, boolean narrow, long[] lows, long[] highs) {
        int secondDigits = up > MOST_DIGITS ? up / 2 : 0;
        long firstFactor = PowersOfTen.asLong(up - secondDigits);
        long secondFactor = PowersOfTen.asLong(secondDigits);
        long factor = PowersOfTen.asLong(up);
        DoubleVector one = DoubleVector.broadcast(DOUBLES, 1.0);
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector x = LongVector.fromArray(LONGS, left, row);
            LongVector y = LongVector.fromArray(LONGS, right, row);
            LongVector sign = x.lanewise(VectorOperators.XOR, y).lanewise(VectorOperators.ASHR, 63);
            LongVector divisor = y.abs();
            DoubleVector inverse = one.div(toDoubles(divisor));

            LongVector rest = x.abs();
            LongVector whole = nearest(toDoubles(rest).mul(inverse));
            rest = rest.sub(whole.mul(divisor));
            VectorMask<Long> over = rest.compare(VectorOperators.LT, 0);
            whole = whole.sub(1, over);
            rest = rest.add(divisor, over);

            LongVector digits =
                    nearest(toDoubles(rest).mul((double) firstFactor).mul(inverse));
            rest = rest.mul(firstFactor).sub(digits.mul(divisor));
            over = rest.compare(VectorOperators.LT, 0);
            digits = digits.sub(1, over);
            rest = rest.add(divisor, over);

            if (secondFactor != 1) {
                LongVector more =
                        nearest(toDoubles(rest).mul((double) secondFactor).mul(inverse));
                rest = rest.mul(secondFactor).sub(more.mul(divisor));
                over = rest.compare(VectorOperators.LT, 0);
                digits = digits.mul(secondFactor).add(more.sub(1, over));
                rest = rest.add(divisor, over);
            }
            digits = digits.add(1, rest.add(rest).compare(VectorOperators.GE, divisor));
            if (narrow) {
                whole.mul(factor)
                        .add(digits)
                        .lanewise(VectorOperators.XOR, sign)
                        .sub(sign)
                        .intoArray(lows, row);
            } else {
                whole.intoArray(lows, row);
                digits.intoArray(highs, row);
            }
        }
        if (!narrow) {
            join(left, right, factor, rows, lows, highs);
        }
    }

    /** Makes 128 bits, with their sign, of wholes in {@code lows} and digits in {@code highs}. */
    private static void join(long[] left, long[] right, long factor, int rows, long[] lows, long[] highs) {
        for (int row = 0; row < rows; row++) {
            long whole = lows[row];
            long digits = highs[row];
            long sign = (left[row] ^ right[row]) >> 63;
            long low = whole * factor + digits;
            long carry = Long.compareUnsigned(low, digits) < 0 ? 1 : 0;
            long high = Math.multiplyHigh(whole, factor) + carry;
            low = (low ^ sign) - sign;
            lows[row] = low;
            highs[row] = (high ^ sign) - (low == 0 ? sign : 0);
        }
    }

    /** Of numbers from 0 up to 2^52. */
    private static DoubleVector toDoubles(LongVector values) {
        return values.or(SHIFT_BITS).viewAsFloatingLanes().sub(SHIFT);
    }

    /** The nearest integers of numbers from 0 up to 2^51. */
    private static LongVector nearest(DoubleVector values) {
        return values.add(SHIFT).viewAsIntegralLanes().sub(SHIFT_BITS);
    }
}
