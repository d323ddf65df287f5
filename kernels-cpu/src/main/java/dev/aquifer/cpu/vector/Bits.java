package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import java.util.Objects;

/** Bitmaps over the 1,024 rows of a vector: selections, boolean values, validity. */
public final class Bits {
    /** Words of a bitmap over a vector. */
    public static final int WORDS = Stripes.VECTOR_ROWS / 64;

    private Bits() {}

    /** Sets the first {@code rows} bits and clears the rest. */
    public static void first(int rows, long[] bits) {
        for (int word = 0; word < WORDS; word++) {
            int left = rows - (word << 6);
            bits[word] = left >= 64 ? -1L : left <= 0 ? 0L : -1L >>> -left;
        }
    }

    public static boolean get(long[] bits, int row) {
        return (bits[row >>> 6] >>> row & 1L) != 0;
    }

    public static void set(long[] bits, int row) {
        bits[row >>> 6] |= 1L << row;
    }

    public static int count(long[] bits) {
        int count = 0;
        for (int word = 0; word < WORDS; word++) {
            count += Long.bitCount(bits[word]);
        }
        return count;
    }

    public static boolean isEmpty(long[] bits) {
        long any = 0;
        for (int word = 0; word < WORDS; word++) {
            any |= bits[word];
        }
        return any == 0;
    }

    /** The first set row; there must be one. */
    public static int next(long[] bits) {
        int word = 0;
        while (bits[word] == 0) {
            word++;
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits[word]);
    }

    public static void and(long[] bits, long[] other) {
        for (int word = 0; word < WORDS; word++) {
            bits[word] &= other[word];
        }
    }

    /** The bits of {@code bits} that are not in {@code other}, to {@code target}. */
    public static void andNot(long[] bits, long[] other, long[] target) {
        for (int word = 0; word < WORDS; word++) {
            target[word] = bits[word] & ~other[word];
        }
    }

    public static void not(long[] bits) {
        for (int word = 0; word < WORDS; word++) {
            bits[word] = ~bits[word];
        }
    }

    /**
     * Writes the numbers of the set rows, ascending, from {@code rows[at]} on; gives how many. What follows them is overwritten.
     *
     * <p>Four are written at a time, whether they are there or not: few rows pass here and there, and a branch for each would be
     * guessed wrong as often as not.
     *
     * @param first the number of the bitmap's first row
     * @param rows room from {@code at} on for all rows of a vector
     */
    static int indices(long[] bits, int first, int[] rows, int at) {
        Objects.checkFromIndexSize(at, Stripes.VECTOR_ROWS, rows.length);
        int end = at;
        for (int word = 0; word < WORDS; word++) {
            long left = bits[word];
            int base = first + (word << 6);
            int found = Long.bitCount(left);
            int next = end;
            do {
                rows[next] = base + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                rows[next + 1] = base + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                rows[next + 2] = base + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                rows[next + 3] = base + Long.numberOfTrailingZeros(left);
                left &= left - 1;
                next += 4;
            } while (left != 0);
            end += found;
        }
        return end - at;
    }

    /** Writes the numbers of the set rows, ascending; gives how many. {@code rows} has room for all rows of a vector. */
    public static int indices(long[] bits, int[] rows) {
        return indices(bits, 0, rows, 0);
    }

    /** Gathers the bits of the given rows to the front. */
    static void gather(long[] bits, int[] rows, int count, long[] target) {
        for (int from = 0; from < count; from += 64) {
            int to = Math.min(64, count - from);
            long word = 0;
            for (int i = 0; i < to; i++) {
                int row = rows[from + i];
                word |= (bits[row >>> 6] >>> row & 1L) << i;
            }
            target[from >>> 6] = word;
        }
    }
}
