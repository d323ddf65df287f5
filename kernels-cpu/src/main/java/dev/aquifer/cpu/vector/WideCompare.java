package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Comparisons of 128-bit integers, in two arrays of halves, to bitmaps. The high halves of a side may be absent: then all of
 * its values fit 64 bits, and their signs stand for them.
 */
final class WideCompare {
    private WideCompare() {}

    static void equal(Register left, Register right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                int row = (word << 6) + at;
                LongVector x = LongVector.fromArray(LONGS, left.longs, row);
                LongVector y = LongVector.fromArray(LONGS, right.longs, row);
                LongVector apart = x.lanewise(VectorOperators.XOR, y)
                        .or(high(left, x, row).lanewise(VectorOperators.XOR, high(right, y, row)));
                found |= apart.compare(VectorOperators.EQ, 0).toLong() << at;
            }
            bits[word] = found;
        }
    }

    static void less(Register left, Register right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += LONGS.length()) {
                int row = (word << 6) + at;
                LongVector x = LongVector.fromArray(LONGS, left.longs, row);
                LongVector y = LongVector.fromArray(LONGS, right.longs, row);
                LongVector xHigh = high(left, x, row);
                LongVector yHigh = high(right, y, row);
                VectorMask<Long> lowLess = x.compare(VectorOperators.ULT, y);
                VectorMask<Long> highEqual = xHigh.compare(VectorOperators.EQ, yHigh);
                found |= xHigh.compare(VectorOperators.LT, yHigh)
                                .or(highEqual.and(lowLess))
                                .toLong()
                        << at;
            }
            bits[word] = found;
        }
    }

    private static LongVector high(Register register, LongVector low, int row) {
        return register.narrow
                ? low.lanewise(VectorOperators.ASHR, 63)
                : LongVector.fromArray(LONGS, register.highs, row);
    }
}
