package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.DOUBLES;
import static dev.aquifer.cpu.vector.Lanes.LONGS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Exact division of longs in lanes of doubles. Machines divide integers one by one; up to {@link #LIMIT} doubles are integers too.
 * A product with the divisor's inverse, rounded to the nearest integer, is the quotient or one more, and the rest, which is
 * computed without error, tells which: the product is off by less than a quarter, the rounding by a half at most.
 *
 * <p>Integers become doubles by way of 2^52, where the last bit of a double is one: that needs no conversion, for which not
 * every vector unit has an instruction.
 */
final class FloatDivision {
    /** Dividends and divisors are less than this, whatever their sign. */
    static final long LIMIT = 1L << 51;

    private static final double SHIFT = 0x1p52;
    private static final long SHIFT_BITS = Double.doubleToRawLongBits(SHIFT);

    /** What of a division is wanted. */
    enum Part {
        /** The quotient, toward zero. */
        QUOTIENT,
        /** The quotient, to the nearest, a half away from zero. */
        ROUNDED,
        /** The rest, of the dividend's sign. */
        REST
    }

    private FloatDivision() {}

    /**
     * Divides {@code left * factor} by {@code right}, to whole vectors; what is past the rows gives anything.
     *
     * @param left times the factor less than {@link #LIMIT}
     * @param factor at least 1
     * @param right less than {@link #LIMIT}, not 0
     */
    static void divide(long[] left, long factor, long[] right, int rows, Part part, long[] out) {
        DoubleVector one = DoubleVector.broadcast(DOUBLES, 1.0);
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector y = LongVector.fromArray(LONGS, right, row);
            DoubleVector divisor = toDoubles(y.abs());
            step(left, factor, y.lanewise(VectorOperators.ASHR, 63), divisor, one.div(divisor), part, row, out);
        }
    }

    /** {@link #divide(long[], long, long[], int, Part, long[])} by one divisor. */
    static void divide(long[] left, long factor, long right, int rows, Part part, long[] out) {
        DoubleVector divisor = DoubleVector.broadcast(DOUBLES, Math.abs(right));
        DoubleVector inverse = DoubleVector.broadcast(DOUBLES, 1.0 / Math.abs(right));
        LongVector sign = LongVector.broadcast(LONGS, right >> 63);
        for (int row = 0; row < rows; row += LONGS.length()) {
            step(left, factor, sign, divisor, inverse, part, row, out);
        }
    }

    private static void step(
            long[] left,
            long factor,
            LongVector divisorSign,
            DoubleVector divisor,
            DoubleVector inverse,
            Part part,
            int row,
            long[] out) {
        LongVector x = LongVector.fromArray(LONGS, left, row);
        if (factor != 1) {
            x = x.mul(factor);
        }
        LongVector sign = x.lanewise(VectorOperators.ASHR, 63);
        DoubleVector dividend = toDoubles(x.abs());
        // Nothing is fused: a unit without fused operations emulates them at a price.
        DoubleVector quotient = dividend.mul(inverse).add(SHIFT).sub(SHIFT);
        DoubleVector rest = dividend.sub(quotient.mul(divisor));
        VectorMask<Double> over = rest.compare(VectorOperators.LT, 0.0);
        rest = rest.add(divisor, over);
        if (part == Part.REST) {
            signed(rest, sign).intoArray(out, row);
            return;
        }
        quotient = quotient.sub(1.0, over);
        if (part == Part.ROUNDED) {
            quotient = quotient.add(1.0, rest.add(rest).compare(VectorOperators.GE, divisor));
        }
        signed(quotient, sign.lanewise(VectorOperators.XOR, divisorSign)).intoArray(out, row);
    }

    /** Of magnitudes, which are below 2^52. */
    private static DoubleVector toDoubles(LongVector magnitudes) {
        return magnitudes.or(SHIFT_BITS).viewAsFloatingLanes().sub(SHIFT);
    }

    private static LongVector signed(DoubleVector magnitudes, LongVector sign) {
        return magnitudes
                .add(SHIFT)
                .viewAsIntegralLanes()
                .sub(SHIFT_BITS)
                .lanewise(VectorOperators.XOR, sign)
                .sub(sign);
    }
}
