package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** Sums of longs whose bounds say that they cannot wrap. */
public final class LongSums {
    private LongSums() {}

    /** The sum of the first values. */
    public static long sum(long[] values, int count) {
        LongVector sums = LongVector.zero(LONGS);
        int whole = LONGS.loopBound(count);
        for (int row = 0; row < whole; row += LONGS.length()) {
            sums = sums.add(LongVector.fromArray(LONGS, values, row));
        }
        long sum = sums.reduceLanes(VectorOperators.ADD);
        for (int row = whole; row < count; row++) {
            sum += values[row];
        }
        return sum;
    }

    /** The sum of the values at some rows. */
    public static long sum(long[] values, int[] rows, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[rows[i]];
        }
        return sum;
    }
}
