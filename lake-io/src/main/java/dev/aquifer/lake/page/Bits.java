package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.LONG;

import java.util.Arrays;

/** Numbers of any width packed without gaps, the first in the lowest bits. */
final class Bits {
    /** The widest value that is whole in one 64-bit load whatever bit of a byte it begins at. */
    private static final int ONE_LOAD = 57;

    private Bits() {}

    /**
     * Unpacks {@code count} values of {@code width} bits, 0 to 32, beginning with the value at {@code index} of the run at
     * {@code base}.
     */
    static void unpack(byte[] bytes, int base, long index, int width, int[] out, int at, int count) {
        if (width == 0) {
            Arrays.fill(out, at, at + count, 0);
            return;
        }
        if (width == 8 && count >= 8) {
            int from = base + (int) index;
            for (int i = 0; i < count; i++) {
                out[at + i] = bytes[from + i] & 0xff;
            }
            return;
        }
        int mask = width == 32 ? -1 : (1 << width) - 1;
        long bit = index * width;
        int i = 0;
        if (width <= ONE_LOAD / 8) {
            for (; i + 8 <= count; i += 8, bit += 8L * width) {
                long word = (long) LONG.get(bytes, base + (int) (bit >>> 3)) >>> (bit & 7);
                four(word, width, mask, out, at + i);
                four(word >>> 4 * width, width, mask, out, at + i + 4);
            }
        } else if (width <= ONE_LOAD / 4) {
            for (; i + 4 <= count; i += 4, bit += 4L * width) {
                long word = (long) LONG.get(bytes, base + (int) (bit >>> 3)) >>> (bit & 7);
                four(word, width, mask, out, at + i);
            }
        }
        for (; i < count; i++, bit += width) {
            long word = (long) LONG.get(bytes, base + (int) (bit >>> 3));
            out[at + i] = (int) (word >>> (bit & 7)) & mask;
        }
    }

    /** The four values in the lowest bits of a word. */
    private static void four(long word, int width, int mask, int[] out, int at) {
        out[at] = (int) word & mask;
        out[at + 1] = (int) (word >>> width) & mask;
        out[at + 2] = (int) (word >>> 2 * width) & mask;
        out[at + 3] = (int) (word >>> 3 * width) & mask;
    }

    /** As {@link #unpack(byte[], int, long, int, int[], int, int)}, for widths 0 to 64. */
    static void unpack(byte[] bytes, int base, long index, int width, long[] out, int at, int count) {
        if (width == 0) {
            Arrays.fill(out, at, at + count, 0);
            return;
        }
        long mask = width == 64 ? -1L : (1L << width) - 1;
        long bit = index * width;
        if (width <= ONE_LOAD) {
            for (int i = 0; i < count; i++) {
                long word = (long) LONG.get(bytes, base + (int) (bit >>> 3));
                out[at + i] = word >>> (bit & 7) & mask;
                bit += width;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int from = base + (int) (bit >>> 3);
            int shift = (int) (bit & 7);
            long word = (long) LONG.get(bytes, from) >>> shift;
            // Two shifts: a shift by 64 would be one by 0.
            long rest = (long) (bytes[from + 8] & 0xff) << 1 << (63 - shift);
            out[at + i] = (word | rest) & mask;
            bit += width;
        }
    }

    /** Sets {@code count} bits from {@code at} on. */
    static void setRange(long[] bitmap, int at, int count) {
        int to = at + count;
        int bit = at;
        while (bit < to) {
            int in = bit & 63;
            int n = Math.min(64 - in, to - bit);
            bitmap[bit >>> 6] |= (n == 64 ? -1L : (1L << n) - 1) << in;
            bit += n;
        }
    }

    /** Sets those of {@code count} bits from {@code at} on that are set from bit {@code from} of the run at {@code base}. */
    static int copy(byte[] bytes, int base, long from, long[] bitmap, int at, int count) {
        int ones = 0;
        int done = 0;
        while (done < count) {
            long bit = from + done;
            int target = at + done;
            int n = Math.min(Math.min(56, count - done), 64 - (target & 63));
            long word = (long) LONG.get(bytes, base + (int) (bit >>> 3)) >>> (bit & 7) & ((1L << n) - 1);
            bitmap[target >>> 6] |= word << target;
            ones += Long.bitCount(word);
            done += n;
        }
        return ones;
    }
}
