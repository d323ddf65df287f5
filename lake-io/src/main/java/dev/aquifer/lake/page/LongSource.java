package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.INT;
import static dev.aquifer.lake.page.Cursor.LONG;

import java.util.Arrays;

/** The values of an INT32 or INT64 page, without the nulls, sign-extended to 64 bits. */
interface LongSource {
    /** Reads the next {@code count} values. */
    void read(long[] out, int at, int count);

    /** PLAIN INT32. */
    record PlainInts(Cursor in) implements LongSource {
        @Override
        public void read(long[] out, int at, int count) {
            byte[] bytes = in.bytes;
            int from = in.take(4L * count, "32-bit values");
            for (int i = 0; i < count; i++) {
                out[at + i] = (int) INT.get(bytes, from + 4 * i);
            }
        }
    }

    /** PLAIN INT64. */
    record PlainLongs(Cursor in) implements LongSource {
        @Override
        public void read(long[] out, int at, int count) {
            byte[] bytes = in.bytes;
            int from = in.take(8L * count, "64-bit values");
            for (int i = 0; i < count; i++) {
                out[at + i] = (long) LONG.get(bytes, from + 8 * i);
            }
        }
    }

    /** BYTE_STREAM_SPLIT of either width. */
    record Split(SplitStreams streams) implements LongSource {
        @Override
        public void read(long[] out, int at, int count) {
            int width = streams.width();
            int shift = 64 - 8 * width;
            int from = streams.take(count);
            Arrays.fill(out, at, at + count, 0);
            for (int b = 0; b < width; b++) {
                streams.or(b, from, out, at, count);
            }
            for (int i = at; i < at + count; i++) {
                out[i] = out[i] << shift >> shift;
            }
        }
    }
}
