package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;
import java.util.Arrays;

/** Dictionary codes: the RLE and bit-packing hybrid after a byte that tells its width. */
final class Codes {
    private final Cursor in;
    private final int width;
    private int left;
    private boolean packed;
    private int value;
    private int base;
    private long done;

    Codes(Cursor in) {
        this.in = in;
        // A page of nulls may have no values and not even a width.
        this.width = in.remaining() == 0 ? 0 : in.u8("the width of dictionary codes");
        if (width > 32) {
            throw new MalformedException("its dictionary codes have " + width + " bits");
        }
    }

    /** Reads the next {@code count} codes to {@code at} and the places after it; they may be any. */
    void read(int[] out, int at, int count) {
        int filled = 0;
        while (filled < count) {
            if (left == 0) {
                next();
                continue;
            }
            int n = Math.min(left, count - filled);
            if (packed) {
                Bits.unpack(in.bytes, base, done, width, out, at + filled, n);
                done += n;
            } else {
                Arrays.fill(out, at + filled, at + filled + n, value);
            }
            left -= n;
            filled += n;
        }
    }

    private void next() {
        int header = in.count("the length of a run of dictionary codes");
        packed = (header & 1) != 0;
        int count = header >>> 1;
        if (packed) {
            // The last group may be cut short by its writer.
            long bytes = Math.min((long) count * width, in.remaining());
            base = in.take(bytes, "dictionary codes");
            left = (int) Math.min(width == 0 ? 8L * count : 8 * bytes / width, Integer.MAX_VALUE);
            done = 0;
        } else {
            left = count;
            int bytes = (width + 7) >>> 3;
            int from = in.take(bytes, "a dictionary code");
            value = 0;
            for (int i = 0; i < bytes; i++) {
                value |= (in.bytes[from + i] & 0xff) << 8 * i;
            }
        }
    }
}
