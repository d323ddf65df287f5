package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Comparisons of longs, eight at a time or so, to bitmaps. Two kernels do, as the others are their negations. */
public final class LongCompare {
    private static final long SIGN_AND_MORE = Long.MAX_VALUE;
    private static final long NAN = 0x7ff8_0000_0000_0000L;

    private LongCompare() {}

    static void equal(long[] left, long[] right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                int row = (word << 6) + at;
                found |= LongVector.fromArray(LONGS, left, row)
                                .compare(VectorOperators.EQ, LongVector.fromArray(LONGS, right, row))
                                .toLong()
                        << at;
            }
            bits[word] = found;
        }
    }

    static void equal(long[] left, long right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                found |= LongVector.fromArray(LONGS, left, (word << 6) + at)
                                .compare(VectorOperators.EQ, right)
                                .toLong()
                        << at;
            }
            bits[word] = found;
        }
    }

    static void less(long[] left, long[] right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                int row = (word << 6) + at;
                found |= LongVector.fromArray(LONGS, left, row)
                                .compare(VectorOperators.LT, LongVector.fromArray(LONGS, right, row))
                                .toLong()
                        << at;
            }
            bits[word] = found;
        }
    }

    public static void less(long[] left, long right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                found |= LongVector.fromArray(LONGS, left, (word << 6) + at)
                                .compare(VectorOperators.LT, right)
                                .toLong()
                        << at;
            }
            bits[word] = found;
        }
    }

    public static void greater(long[] left, long right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                found |= LongVector.fromArray(LONGS, left, (word << 6) + at)
                                .compare(VectorOperators.GT, right)
                                .toLong()
                        << at;
            }
            bits[word] = found;
        }
    }

    /**
     * Longs that are in the order that SQL gives floats: -0.0 as 0.0, every NaN the same and above infinity.
     */
    public static void order(double[] values, int rows, long[] keys) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            DoubleVector value = DoubleVector.fromArray(Lanes.DOUBLES, values, row);
            VectorMask<Double> nan = value.test(VectorOperators.IS_NAN);
            LongVector bits = value.add(0.0).viewAsIntegralLanes();
            LongVector flipped = bits.lanewise(VectorOperators.ASHR, 63).and(SIGN_AND_MORE);
            bits.lanewise(VectorOperators.XOR, flipped)
                    .blend(NAN, nan.cast(LONGS))
                    .intoArray(keys, row);
        }
    }

    /** {@link #order(double[], int, long[])} of one value. */
    public static long order(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ bits >> 63 & SIGN_AND_MORE;
    }
}
