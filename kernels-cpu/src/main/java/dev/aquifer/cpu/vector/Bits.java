package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;

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

    public static void not(long[] bits) {
        for (int word = 0; word < WORDS; word++) {
            bits[word] = ~bits[word];
        }
    }

    /**
     * Writes the numbers of the set rows, ascending; gives how many. What {@code rows} holds behind them is anything.
     *
     * <p>Four at a time are written, whether a word has so many or not: how many it has could not be guessed, and a wrong guess for each
     * word took most of the time (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 2019).
     */
    public static int indices(long[] bits, int[] rows) {
        int count = 0;
        for (int word = 0; word < WORDS; word++) {
            long left = bits[word];
            int base = word << 6;
            int end = count + Long.bitCount(left);
            if (count > rows.length - 64) {
                single(left, base, rows, count);
            } else {
                int at = count;
                do {
                    rows[at] = base + Long.numberOfTrailingZeros(left);
                    left &= left - 1;
                    rows[at + 1] = base + Long.numberOfTrailingZeros(left);
                    left &= left - 1;
                    rows[at + 2] = base + Long.numberOfTrailingZeros(left);
                    left &= left - 1;
                    rows[at + 3] = base + Long.numberOfTrailingZeros(left);
                    left &= left - 1;
                    at += 4;
                } while (left != 0);
            }
            count = end;
        }
        return count;
    }

    /** Where four may be more than there is room for. */
    private static void single(long bits, int base, int[] rows, int from) {
        long left = bits;
        for (int at = from; left != 0; at++) {
            rows[at] = base + Long.numberOfTrailingZeros(left);
            left &= left - 1;
        }
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
