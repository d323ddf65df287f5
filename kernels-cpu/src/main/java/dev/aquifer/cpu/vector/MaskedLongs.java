package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import dev.aquifer.spi.block.Stripes;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** What the longs of a vector come to, at the rows of a bitmap or in a range of rows; sums must be known not to wrap. */
public final class MaskedLongs {
    private MaskedLongs() {}

    /** Whether going over all rows of a vector takes less than going over so many one by one. */
    public static boolean pays(int rows) {
        return rows * LONGS.length() >= Stripes.VECTOR_ROWS;
    }

    /** The sum, 0 where the bitmap is empty. */
    public static long sum(long[] values, long[] bits) {
        LongVector even = LongVector.zero(LONGS);
        LongVector odd = even;
        for (int word = 0; word < Bits.WORDS; word++) {
            long rows = bits[word];
            int from = word << 6;
            for (int at = 0; at < 64; at += 2 * LONGS.length()) {
                int next = at + LONGS.length();
                even = even.add(LongVector.fromArray(LONGS, values, from + at), mask(rows, at));
                odd = odd.add(LongVector.fromArray(LONGS, values, from + next), mask(rows, next));
            }
        }
        return even.add(odd).reduceLanes(VectorOperators.ADD);
    }

    /** The sums of two columns: making masks of the bits takes as long as adding. */
    public static void sums(long[] first, long[] second, long[] bits, long[] sums) {
        LongVector one = LongVector.zero(LONGS);
        LongVector two = one;
        for (int word = 0; word < Bits.WORDS; word++) {
            long rows = bits[word];
            int from = word << 6;
            for (int at = 0; at < 64; at += LONGS.length()) {
                VectorMask<Long> mask = mask(rows, at);
                one = one.add(LongVector.fromArray(LONGS, first, from + at), mask);
                two = two.add(LongVector.fromArray(LONGS, second, from + at), mask);
            }
        }
        sums[0] = one.reduceLanes(VectorOperators.ADD);
        sums[1] = two.reduceLanes(VectorOperators.ADD);
    }

    private static VectorMask<Long> mask(long rows, int at) {
        return VectorMask.fromLong(LONGS, rows >>> at);
    }

    /** The least, or Long.MAX_VALUE where the bitmap is empty. */
    public static long min(long[] values, long[] bits) {
        LongVector best = LongVector.broadcast(LONGS, Long.MAX_VALUE);
        for (int word = 0; word < Bits.WORDS; word++) {
            for (int at = 0; at < 64; at += LONGS.length()) {
                LongVector some = LongVector.fromArray(LONGS, values, (word << 6) + at);
                best = best.lanewise(VectorOperators.MIN, some, mask(bits[word], at));
            }
        }
        return best.reduceLanes(VectorOperators.MIN);
    }

    /** The greatest, or Long.MIN_VALUE where the bitmap is empty. */
    public static long max(long[] values, long[] bits) {
        LongVector best = LongVector.broadcast(LONGS, Long.MIN_VALUE);
        for (int word = 0; word < Bits.WORDS; word++) {
            for (int at = 0; at < 64; at += LONGS.length()) {
                LongVector some = LongVector.fromArray(LONGS, values, (word << 6) + at);
                best = best.lanewise(VectorOperators.MAX, some, mask(bits[word], at));
            }
        }
        return best.reduceLanes(VectorOperators.MAX);
    }

    /** The least of {@code values[from .. to)}, or Long.MAX_VALUE where there are none. */
    public static long min(long[] values, int from, int to) {
        LongVector best = LongVector.broadcast(LONGS, Long.MAX_VALUE);
        int row = from;
        for (; row <= to - LONGS.length(); row += LONGS.length()) {
            best = best.min(LongVector.fromArray(LONGS, values, row));
        }
        long least = best.reduceLanes(VectorOperators.MIN);
        for (; row < to; row++) {
            least = Math.min(least, values[row]);
        }
        return least;
    }

    /** The greatest of {@code values[from .. to)}, or Long.MIN_VALUE where there are none. */
    public static long max(long[] values, int from, int to) {
        LongVector best = LongVector.broadcast(LONGS, Long.MIN_VALUE);
        int row = from;
        for (; row <= to - LONGS.length(); row += LONGS.length()) {
            best = best.max(LongVector.fromArray(LONGS, values, row));
        }
        long greatest = best.reduceLanes(VectorOperators.MAX);
        for (; row < to; row++) {
            greatest = Math.max(greatest, values[row]);
        }
        return greatest;
    }
}
