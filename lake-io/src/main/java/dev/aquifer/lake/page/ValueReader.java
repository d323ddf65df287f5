package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.UnsupportedFormatException;

/** Reads the values of one page, nulls left out, as physical values of the column's type. */
interface ValueReader {
    /** Reads the next {@code count} values into rows {@code row} to {@code row + count - 1}. */
    void read(StripeBuffer out, int row, int count);

    /** INT32 and INT64. */
    record Longs(LongSource source, ColumnLayout layout) implements ValueReader {
        @Override
        public void read(StripeBuffer out, int row, int count) {
            source.read(out.longs, row, count);
            LongConversions.apply(layout, out.longs, out.high, row, row + count);
        }
    }

    /** FLOAT and DOUBLE. */
    record Doubles(DoubleSource source) implements ValueReader {
        @Override
        public void read(StripeBuffer out, int row, int count) {
            source.read(out.doubles, row, count);
        }
    }

    /** BOOLEAN. */
    record Bools(Levels bits) implements ValueReader {
        @Override
        public void read(StripeBuffer out, int row, int count) {
            bits.read(out.longs, row, count);
        }
    }

    /** Text. */
    record Texts(BytesSource source) implements ValueReader {
        @Override
        public void read(StripeBuffer out, int row, int count) {
            int done = 0;
            while (done < count) {
                int n = source.fill(count - done);
                int at = row + done;
                long bytes = 0;
                for (int i = 0; i < n; i++) {
                    bytes += source.lengths[i];
                }
                out.reserve(at, bytes);
                for (int i = 0; i < n; i++) {
                    out.append(at + i, source.base, source.starts[i], source.lengths[i]);
                }
                check(out, at, n);
                done += n;
            }
        }

        private static void check(StripeBuffer out, int row, int count) {
            if (Utf8.isAscii(out.data, out.offsets[row], out.offsets[row + count])) {
                return;
            }
            for (int i = row; i < row + count; i++) {
                if (!Utf8.isValid(out.data, out.offsets[i], out.offsets[i + 1])) {
                    throw new UnsupportedFormatException("it has bytes that are not text (UTF-8)");
                }
            }
        }
    }

    /** Numbers held as runs of bytes. */
    record Numbers(BytesSource source, ColumnLayout layout) implements ValueReader {
        @Override
        public void read(StripeBuffer out, int row, int count) {
            int done = 0;
            while (done < count) {
                int n = source.fill(count - done);
                BytesConversions.apply(layout, source, n, out, row + done);
                done += n;
            }
        }
    }

    /** Codes of a dictionary, whose values are already converted. */
    final class Dictionary implements ValueReader {
        private final Codes codes;
        private final StripeBuffer dictionary;
        private final int[] batch;

        /** @param batch room for some codes, which are read so many at a time */
        Dictionary(Codes codes, StripeBuffer dictionary, int[] batch) {
            this.codes = codes;
            this.dictionary = dictionary;
            this.batch = batch;
        }

        @Override
        public void read(StripeBuffer out, int row, int count) {
            for (int done = 0; done < count; done += batch.length) {
                int n = Math.min(batch.length, count - done);
                codes(batch, 0, n);
                out.gather(dictionary, batch, 0, row + done, n);
            }
        }

        /** Reads the next {@code count} codes, to {@code at} and after it, as they are; each has its value. */
        void codes(int[] out, int at, int count) {
            codes.read(out, at, count);
            int least = 0;
            int greatest = -1;
            for (int i = at; i < at + count; i++) {
                least = Math.min(least, out[i]);
                greatest = Math.max(greatest, out[i]);
            }
            if (least < 0 || greatest >= dictionary.rows) {
                throw new MalformedException("it has code " + Integer.toUnsignedString(least < 0 ? least : greatest)
                        + " for a dictionary of " + dictionary.rows + " values");
            }
        }
    }
}
