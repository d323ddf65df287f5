package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** Sums of longs whose bounds say that they cannot wrap. */
public final class LongSums {
    private LongSums() {}

    /** The sum of {@code values[from .. to)}. */
    public static long sum(long[] values, int from, int to) {
        LongVector sums = LongVector.zero(LONGS);
        int row = from;
        for (; row <= to - LONGS.length(); row += LONGS.length()) {
            sums = sums.add(LongVector.fromArray(LONGS, values, row));
        }
        long sum = sums.reduceLanes(VectorOperators.ADD);
        for (; row < to; row++) {
            sum += values[row];
        }
        return sum;
    }

    /** The sum of the values at {@code rows[from .. to)}. */
    public static long sum(long[] values, int[] rows, int from, int to) {
        long even = 0;
        long odd = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            even += values[rows[i]];
            odd += values[rows[i + 1]];
        }
        return i < to ? even + odd + values[rows[i]] : even + odd;
    }
}
