package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;

/**
 * DELTA_BINARY_PACKED: a first value, then blocks of differences, each with a least difference and a few miniblocks that
 * pack what is above it in widths of their own.
 */
final class DeltaBinary implements LongSource {
    private static final int MAX_BLOCK = 1 << 20;

    private final Cursor in;
    private final boolean narrow;
    private final int miniblocks;
    private final int miniValues;
    private final int total;
    private final long first;
    /** Values not yet read, the first included. */
    private int left;

    private long last;
    private long leastDelta;
    private int widths;
    private int mini;
    private int miniLeft;
    private int width;
    private int base;
    private long done;

    /**
     * Reads the header.
     *
     * @param narrow whether the values are 32 bits wide and differences wrap at that width
     */
    DeltaBinary(Cursor in, boolean narrow) {
        this.in = in;
        this.narrow = narrow;
        int blockValues = in.count("the size of a delta block");
        this.miniblocks = in.count("the number of delta miniblocks");
        this.total = in.count("the number of deltas");
        this.first = in.zigzag("the first of a run of deltas");
        this.left = total;
        if (blockValues < 1 || blockValues > MAX_BLOCK || miniblocks < 1 || blockValues % miniblocks != 0) {
            throw new MalformedException(
                    "it has delta blocks of " + blockValues + " values in " + miniblocks + " parts");
        }
        this.miniValues = blockValues / miniblocks;
        if (miniValues % 8 != 0) {
            throw new MalformedException("it has delta miniblocks of " + miniValues + " values");
        }
        this.mini = miniblocks;
    }

    /** Values that the header promises. */
    int total() {
        return total;
    }

    @Override
    public void read(long[] out, int at, int count) {
        if (count > left) {
            throw new MalformedException("it has " + total + " delta values and should have more");
        }
        int to = at + count;
        int row = at;
        if (count > 0 && left == total) {
            last = narrow ? (int) first : first;
            out[row++] = last;
            left--;
        }
        while (row < to) {
            if (miniLeft == 0) {
                nextMiniblock();
            }
            int n = Math.min(miniLeft, to - row);
            Bits.unpack(in.bytes, base, done, width, out, row, n);
            add(out, row, n);
            done += n;
            miniLeft -= n;
            left -= n;
            row += n;
        }
    }

    private void add(long[] out, int at, int count) {
        long value = last;
        long least = leastDelta;
        if (narrow) {
            for (int i = at; i < at + count; i++) {
                value = (int) (value + least + out[i]);
                out[i] = value;
            }
        } else {
            for (int i = at; i < at + count; i++) {
                value += least + out[i];
                out[i] = value;
            }
        }
        last = value;
    }

    private void nextMiniblock() {
        if (mini == miniblocks) {
            leastDelta = in.zigzag("the least delta of a block");
            widths = in.take(miniblocks, "the widths of a delta block");
            mini = 0;
        }
        width = in.bytes[widths + mini++] & 0xff;
        if (width > 64) {
            throw new MalformedException("it has deltas of " + width + " bits");
        }
        miniLeft = Math.min(miniValues, left);
        // The last miniblock may be cut short by its writer, but not what is needed of it.
        long needed = ((long) miniLeft * width + 7) / 8;
        long whole = (long) miniValues * width / 8;
        base = in.take(Math.max(needed, Math.min(whole, in.remaining())), "deltas");
        done = 0;
    }

    /** Passes over all values, to the bytes behind them. */
    void skipAll() {
        if (left > 0 && left == total) {
            left--;
        }
        while (left > 0) {
            nextMiniblock();
            left -= miniLeft;
        }
        miniLeft = 0;
    }
}
