package dev.aquifer.spi.batch;

/**
 * Bitmaps over rows: bit {@code i % 64} of word {@code i / 64} is row {@code i}. A validity bitmap has a set bit for a
 * row that is <b>not</b> null; bits past the last row are zero.
 */
public final class Bitmap {
    private Bitmap() {}

    /** Words needed for {@code bits} bits. */
    public static int words(int bits) {
        return (bits + 63) >>> 6;
    }

    public static boolean get(long[] bitmap, int index) {
        return (bitmap[index >>> 6] >>> index & 1L) != 0;
    }

    public static void set(long[] bitmap, int index) {
        bitmap[index >>> 6] |= 1L << index;
    }

    public static void clear(long[] bitmap, int index) {
        bitmap[index >>> 6] &= ~(1L << index);
    }

    /** A bitmap with the first {@code bits} bits set. */
    public static long[] ones(int bits) {
        long[] bitmap = new long[words(bits)];
        for (int i = 0; i < bits >>> 6; i++) {
            bitmap[i] = -1L;
        }
        if ((bits & 63) != 0) {
            bitmap[bits >>> 6] = -1L >>> -bits;
        }
        return bitmap;
    }

    /** How many of the first {@code bits} bits are set. */
    public static int count(long[] bitmap, int bits) {
        int count = 0;
        for (int i = 0; i < bits >>> 6; i++) {
            count += Long.bitCount(bitmap[i]);
        }
        if ((bits & 63) != 0) {
            count += Long.bitCount(bitmap[bits >>> 6] & -1L >>> -bits);
        }
        return count;
    }
}
