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
        // To where a value begins with a byte: eight of them take as many bytes as one has bits.
        int before = (int) Math.min(count, -index & 7);
        single(bytes, base, index, width, out, at, before);
        int from = base + (int) ((index + before) * width >>> 3);
        int eights = (count - before) / 8;
        if (width <= 16) {
            fours(bytes, from, width, out, at + before, eights);
        } else if (width <= 29) {
            pairs(bytes, from, width, out, at + before, eights);
        } else {
            eights = 0;
        }
        int done = before + 8 * eights;
        single(bytes, base, index + done, width, out, at + done, count - done);
    }

    private static void single(byte[] bytes, int base, long index, int width, int[] out, int at, int count) {
        int mask = width == 32 ? -1 : (1 << width) - 1;
        long bit = index * width;
        for (int i = 0; i < count; i++, bit += width) {
            long word = (long) LONG.get(bytes, base + (int) (bit >>> 3));
            out[at + i] = (int) (word >>> (bit & 7)) & mask;
        }
    }

    /** Eights of values that begin with a byte, four a load; the second four begin with a byte or half of one. */
    private static void fours(byte[] bytes, int from, int width, int[] out, int at, int eights) {
        int mask = (1 << width) - 1;
        int second = width / 2;
        int half = width % 2 * 4;
        for (int i = 0; i < eights; i++) {
            long low = (long) LONG.get(bytes, from + i * width);
            long high = (long) LONG.get(bytes, from + i * width + second) >>> half;
            int to = at + 8 * i;
            out[to] = (int) low & mask;
            out[to + 1] = (int) (low >>> width) & mask;
            out[to + 2] = (int) (low >>> 2 * width) & mask;
            out[to + 3] = (int) (low >>> 3 * width) & mask;
            out[to + 4] = (int) high & mask;
            out[to + 5] = (int) (high >>> width) & mask;
            out[to + 6] = (int) (high >>> 2 * width) & mask;
            out[to + 7] = (int) (high >>> 3 * width) & mask;
        }
    }

    /** As {@link #fours}, two a load, which begin with any even bit. */
    private static void pairs(byte[] bytes, int from, int width, int[] out, int at, int eights) {
        int mask = (1 << width) - 1;
        for (int i = 0; i < eights; i++) {
            int first = from + i * width;
            for (int pair = 0; pair < 4; pair++) {
                int bit = 2 * width * pair;
                long word = (long) LONG.get(bytes, first + (bit >>> 3)) >>> (bit & 7);
                out[at + 8 * i + 2 * pair] = (int) word & mask;
                out[at + 8 * i + 2 * pair + 1] = (int) (word >>> width) & mask;
            }
        }
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
