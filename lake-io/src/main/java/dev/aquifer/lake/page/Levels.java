package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;

/** A stream of bits into a bitmap: definition levels of flat columns, and booleans. */
interface Levels {
    /**
     * Sets, from {@code at} on, the bits that are set among the next {@code count}.
     *
     * @return how many were set
     */
    int read(long[] bitmap, int at, int count);

    /** Bits as they are, the first in the lowest bit: PLAIN booleans. */
    final class Plain implements Levels {
        private final Cursor in;
        private final int base;
        private long done;

        Plain(Cursor in) {
            this.in = in;
            this.base = in.position;
        }

        @Override
        public int read(long[] bitmap, int at, int count) {
            if (done + count > 8L * (in.end - base)) {
                throw new MalformedException("it has " + 8L * (in.end - base) + " booleans and should have more");
            }
            int ones = Bits.copy(in.bytes, base, done, bitmap, at, count);
            done += count;
            return ones;
        }
    }

    /** The deprecated BIT_PACKED encoding: as {@link Plain}, but the first in the highest bit. */
    final class BigEndian implements Levels {
        private final Cursor in;
        private final int base;
        private final int end;
        private long done;

        /** Takes the bytes of {@code values} levels from the cursor. */
        BigEndian(Cursor in, int values) {
            this.in = in;
            this.base = in.take((values + 7L) / 8, "definition levels");
            this.end = in.position;
        }

        @Override
        public int read(long[] bitmap, int at, int count) {
            if (done + count > 8L * (end - base)) {
                throw new MalformedException("it has too few definition levels");
            }
            int ones = 0;
            for (int i = 0; i < count; i++, done++) {
                long bit = (long) in.bytes[base + (int) (done >>> 3)] >>> (7 - (done & 7)) & 1;
                bitmap[(at + i) >>> 6] |= bit << (at + i);
                ones += (int) bit;
            }
            return ones;
        }
    }

    /** The RLE and bit-packing hybrid with a width of one bit. */
    final class Runs implements Levels {
        private final Cursor in;
        private int left;
        private boolean packed;
        private int value;
        private int base;
        private int done;

        /** Reads from a cursor to its end. */
        Runs(Cursor in) {
            this.in = in;
        }

        @Override
        public int read(long[] bitmap, int at, int count) {
            int ones = 0;
            int filled = 0;
            while (filled < count) {
                if (left == 0) {
                    next();
                    continue;
                }
                int n = Math.min(left, count - filled);
                if (packed) {
                    ones += Bits.copy(in.bytes, base, done, bitmap, at + filled, n);
                    done += n;
                } else if (value == 1) {
                    Bits.setRange(bitmap, at + filled, n);
                    ones += n;
                }
                left -= n;
                filled += n;
            }
            return ones;
        }

        private void next() {
            int header = in.count("the length of a run of levels");
            packed = (header & 1) != 0;
            if (packed) {
                // The last group may be cut short by its writer.
                int bytes = Math.min(header >>> 1, in.remaining());
                base = in.take(bytes, "levels");
                left = (int) Math.min(8L * bytes, Integer.MAX_VALUE);
                done = 0;
            } else {
                left = header >>> 1;
                value = in.u8("a level");
                if (value > 1) {
                    throw new MalformedException("it has a level of " + value + " in a column whose highest is 1");
                }
            }
        }
    }
}
