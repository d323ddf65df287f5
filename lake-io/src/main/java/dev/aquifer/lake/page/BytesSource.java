package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.INT;

import dev.aquifer.lake.format.MalformedException;
import java.util.Arrays;

/**
 * The values of a page of byte runs (BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96), without the nulls, told batch by batch as
 * places in an array: value {@code i} of the batch is {@code base[starts[i] .. starts[i] + lengths[i])}. The array has
 * {@link Cursor#PADDING} bytes behind the last value.
 */
abstract class BytesSource {
    static final int BATCH = 1024;

    byte[] base;
    final int[] starts = new int[BATCH];
    final int[] lengths = new int[BATCH];

    BytesSource(byte[] base) {
        this.base = base;
    }

    /** Moves to the next batch, of 1 to {@code min(max, BATCH)} values, and says how many. */
    abstract int fill(int max);

    /** PLAIN BYTE_ARRAY: each value after its length. */
    static final class Plain extends BytesSource {
        private final Cursor in;

        Plain(Cursor in) {
            super(in.bytes);
            this.in = in;
        }

        @Override
        int fill(int max) {
            int n = Math.min(max, BATCH);
            byte[] bytes = in.bytes;
            int end = in.end;
            int at = in.position;
            for (int i = 0; i < n; i++) {
                int length = end - at < 4 ? -1 : (int) INT.get(bytes, at);
                if (length < 0 || length > end - at - 4) {
                    throw new MalformedException(
                            "it has a value of " + length + " bytes with " + (end - at) + " bytes left");
                }
                starts[i] = at + 4;
                lengths[i] = length;
                at += 4 + length;
            }
            in.position = at;
            return n;
        }
    }

    /** PLAIN values of one length. */
    static final class Fixed extends BytesSource {
        private final Cursor in;
        private final int width;

        Fixed(Cursor in, int width) {
            super(in.bytes);
            this.in = in;
            this.width = width;
            Arrays.fill(lengths, width);
        }

        @Override
        int fill(int max) {
            int n = Math.min(max, BATCH);
            int from = in.take((long) width * n, "values of " + width + " bytes");
            for (int i = 0; i < n; i++) {
                starts[i] = from + i * width;
            }
            return n;
        }
    }

    /** BYTE_STREAM_SPLIT values of one length. */
    static final class Split extends BytesSource {
        private final SplitStreams streams;

        Split(SplitStreams streams) {
            super(new byte[BATCH * Math.min(streams.width(), 64) + Cursor.PADDING]);
            this.streams = streams;
            Arrays.fill(lengths, streams.width());
        }

        @Override
        int fill(int max) {
            int width = streams.width();
            int n = Math.max(1, Math.min(Math.min(max, BATCH), (base.length - Cursor.PADDING) / width));
            if (base.length - Cursor.PADDING < width) {
                base = new byte[width + Cursor.PADDING];
            }
            int from = streams.take(n);
            for (int i = 0; i < n; i++) {
                starts[i] = i * width;
                streams.copy(from + i, base, i * width);
            }
            return n;
        }
    }

    /** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
    static final class DeltaLength extends BytesSource {
        private final DeltaBinary counts;
        private final Cursor data;
        private final long[] batch = new long[BATCH];

        DeltaLength(Cursor in) {
            super(in.bytes);
            int from = in.position;
            this.data = in;
            this.counts = new DeltaBinary(new Cursor(in.bytes, from, in.end), true);
            new DeltaBinary(in, true).skipAll();
        }

        @Override
        int fill(int max) {
            int n = Math.min(max, BATCH);
            counts.read(batch, 0, n);
            for (int i = 0; i < n; i++) {
                lengths[i] = (int) batch[i];
                starts[i] = data.take(batch[i], "a value");
            }
            return n;
        }
    }

    /** DELTA_BYTE_ARRAY: how much each value shares with the one before, and the rests as {@link DeltaLength}. */
    static final class DeltaBytes extends BytesSource {
        /** Values share bytes, so that a small page may be many values; a batch stops here. */
        private static final int BATCH_BYTES = 1 << 20;

        private final DeltaBinary shared;
        private final DeltaLength rests;
        private final long[] batch = new long[BATCH];
        private int previousStart;
        private int previousLength;
        private int used;
        private int ready;
        private int restCount;

        DeltaBytes(Cursor in) {
            super(new byte[4096]);
            this.shared = new DeltaBinary(new Cursor(in.bytes, in.position, in.end), true);
            new DeltaBinary(in, true).skipAll();
            this.rests = new DeltaLength(in);
        }

        @Override
        int fill(int max) {
            // The value before the batch is what its first value builds on.
            System.arraycopy(base, previousStart, base, 0, previousLength);
            previousStart = 0;
            used = previousLength;
            int n = 0;
            while (n < Math.min(max, BATCH) && (n == 0 || used < BATCH_BYTES)) {
                if (ready == restCount) {
                    restCount = rests.fill(Math.min(max - n, BATCH));
                    shared.read(batch, 0, restCount);
                    ready = 0;
                }
                append(n++);
            }
            return n;
        }

        private void append(int index) {
            long prefix = batch[ready];
            int rest = rests.lengths[ready];
            if (prefix < 0 || prefix > previousLength) {
                throw new MalformedException(
                        "it has a value that shares " + prefix + " bytes with one of " + previousLength);
            }
            long length = prefix + rest;
            if (used + length + Cursor.PADDING > base.length) {
                long room = Math.max(base.length * 2L, used + length + Cursor.PADDING);
                if (room > Integer.MAX_VALUE - 16) {
                    throw new MalformedException("it has a value of " + length + " bytes");
                }
                base = Arrays.copyOf(base, (int) room);
            }
            System.arraycopy(base, previousStart, base, used, (int) prefix);
            System.arraycopy(rests.base, rests.starts[ready], base, used + (int) prefix, rest);
            starts[index] = used;
            lengths[index] = (int) length;
            previousStart = used;
            previousLength = (int) length;
            used += (int) length;
            ready++;
        }
    }
}
