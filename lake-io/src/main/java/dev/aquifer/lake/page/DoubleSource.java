package dev.aquifer.lake.page;

import static dev.aquifer.lake.page.Cursor.DOUBLE;
import static dev.aquifer.lake.page.Cursor.FLOAT;

import java.util.Arrays;

/** The values of a FLOAT or DOUBLE page, without the nulls. */
interface DoubleSource {
    /** Reads the next {@code count} values. */
    void read(double[] out, int at, int count);

    /** PLAIN FLOAT, widened without loss. */
    record PlainFloats(Cursor in) implements DoubleSource {
        @Override
        public void read(double[] out, int at, int count) {
            byte[] bytes = in.bytes;
            int from = in.take(4L * count, "floats");
            for (int i = 0; i < count; i++) {
                out[at + i] = (float) FLOAT.get(bytes, from + 4 * i);
            }
        }
    }

    /** PLAIN DOUBLE. */
    record PlainDoubles(Cursor in) implements DoubleSource {
        @Override
        public void read(double[] out, int at, int count) {
            byte[] bytes = in.bytes;
            int from = in.take(8L * count, "doubles");
            for (int i = 0; i < count; i++) {
                out[at + i] = (double) DOUBLE.get(bytes, from + 8 * i);
            }
        }
    }

    /** BYTE_STREAM_SPLIT of either width. */
    final class Split implements DoubleSource {
        private static final int BATCH = 1024;

        private final SplitStreams streams;
        private final long[] bits = new long[BATCH];

        Split(SplitStreams streams) {
            this.streams = streams;
        }

        @Override
        public void read(double[] out, int at, int count) {
            for (int done = 0; done < count; done += BATCH) {
                int n = Math.min(BATCH, count - done);
                int from = streams.take(n);
                Arrays.fill(bits, 0, n, 0);
                for (int b = 0; b < streams.width(); b++) {
                    streams.or(b, from, bits, 0, n);
                }
                for (int i = 0; i < n; i++) {
                    out[at + done + i] = streams.width() == 4
                            ? Float.intBitsToFloat((int) bits[i])
                            : Double.longBitsToDouble(bits[i]);
                }
            }
        }
    }
}
