package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.block.Packing;
import java.util.SplittableRandom;

/**
 * Which of the values numbered 0 to {@code size - 1} the rows of a column take: those from {@code from} to {@code to}, exclusive,
 * are what a filter keeps.
 *
 * @param share how many of the rows have one of the values that are kept, 0 to 1; of no meaning where all values are
 */
record Codes(long size, long from, long to, double share) {
    /** All values alike. */
    static Codes any(long size) {
        return new Codes(size, 0, size, 1);
    }

    /** As many values as the bits tell apart, all alike. */
    static Codes bits(int bits) {
        return any(1L << bits);
    }

    /** The one value in the middle is kept. */
    static Codes one(int bits, double share) {
        return new Codes(1L << bits, 1L << bits - 1, (1L << bits - 1) + 1, share);
    }

    /** Eight values from the middle on are kept. */
    static Codes eight(int bits, double share) {
        return new Codes(1L << bits, 1L << bits - 1, (1L << bits - 1) + 8, share);
    }

    /** The lower half is kept. */
    static Codes half(int bits, double share) {
        return new Codes(1L << bits, 0, 1L << bits - 1, share);
    }

    /** The second quarter is kept. */
    static Codes quarter(int bits, double share) {
        return new Codes(1L << bits, 1L << bits - 2, 1L << bits - 1, share);
    }

    /** Bits that tell the values apart. */
    int width() {
        return Packing.width(size - 1);
    }

    boolean isKept(long code) {
        return code >= from && code < to;
    }

    /** The value of a row; the first two rows of a stripe have the least and the greatest, so that zone maps decide no filter. */
    long draw(int row, SplittableRandom random) {
        if (row == 0) {
            return 0;
        }
        if (row == 1) {
            return size - 1;
        }
        long kept = to - from;
        if (kept == size || random.nextDouble() < share) {
            return from + random.nextLong(kept);
        }
        long code = random.nextLong(size - kept);
        return code < from ? code : code + kept;
    }
}
