package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;
import static dev.aquifer.cpu.vector.Lanes.ORDER;

import dev.aquifer.spi.block.Packing;
import dev.aquifer.spi.block.Stripes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Unpacks vectors of codes ({@link Packing}): first to a plain array of lanes of 8, 16, 32 or 64 bits, then, where a
 * kernel wants it, to longs or ints. Words that hold the codes of one step lie side by side over 128 bytes whatever the
 * lane is, so one loop over 64-bit words with masks that repeat in every lane unpacks all widths.
 */
final class Unpack {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Bytes of one step: 1,024 bits, which hold one code, or parts of one, of each lane. */
    static final int STEP = 128;

    private Unpack() {}

    /** Whether codes of a width lie unpacked in the block. */
    static boolean isPlain(int width) {
        return width == Packing.laneBits(width);
    }

    /** Unpacks the vector at {@code offset} to lanes of {@link Packing#laneBits} bits at the start of {@code target}. */
    static void lanes(MemorySegment source, long offset, int width, MemorySegment target) {
        int laneBits = Packing.laneBits(width);
        if (width == 0) {
            target.asSlice(0, (long) STEP * laneBits).fill((byte) 0);
            return;
        }
        for (int step = 0; step < laneBits; step++) {
            int bit = step * width;
            int shift = bit % laneBits;
            long word = offset + (long) (bit / laneBits) * STEP;
            long out = (long) step * STEP;
            if (shift + width <= laneBits) {
                shifted(source, word, shift, repeat(ones(width), laneBits), target, out);
            } else {
                int low = laneBits - shift;
                long lowMask = repeat(ones(low), laneBits);
                long highMask = repeat(ones(width) & ~ones(low), laneBits);
                split(source, word, shift, low, lowMask, highMask, target, out);
            }
        }
    }

    private static void shifted(MemorySegment source, long word, int shift, long mask, MemorySegment target, long out) {
        for (int at = 0; at < STEP; at += LONGS.vectorByteSize()) {
            LongVector.fromMemorySegment(LONGS, source, word + at, ORDER)
                    .lanewise(VectorOperators.LSHR, shift)
                    .and(mask)
                    .intoMemorySegment(target, out + at, ORDER);
        }
    }

    private static void split(
            MemorySegment source,
            long word,
            int shift,
            int low,
            long lowMask,
            long highMask,
            MemorySegment target,
            long out) {
        for (int at = 0; at < STEP; at += LONGS.vectorByteSize()) {
            LongVector first = LongVector.fromMemorySegment(LONGS, source, word + at, ORDER)
                    .lanewise(VectorOperators.LSHR, shift)
                    .and(lowMask);
            LongVector second = LongVector.fromMemorySegment(LONGS, source, word + STEP + at, ORDER)
                    .lanewise(VectorOperators.LSHL, low)
                    .and(highMask);
            first.or(second).intoMemorySegment(target, out + at, ORDER);
        }
    }

    /** The lowest bits of a word, 0 to 64 of them. */
    static long ones(int bits) {
        return bits == 64 ? -1L : (1L << bits) - 1;
    }

    /** A mask in each lane of a word; the mask has no bits past a lane. */
    static long repeat(long mask, int laneBits) {
        return switch (laneBits) {
            case 8 -> mask * 0x0101_0101_0101_0101L;
            case 16 -> mask * 0x0001_0001_0001_0001L;
            case 32 -> mask * 0x0000_0001_0000_0001L;
            default -> mask;
        };
    }

    /** Adds a base to 1,024 unsigned lanes at {@code offset}. */
    static void toLongs(MemorySegment lanes, long offset, int laneBits, long base, long[] out) {
        switch (laneBits) {
            case 8 -> bytesToLongs(lanes, offset, base, out);
            case 16 -> shortsToLongs(lanes, offset, base, out);
            case 32 -> intsToLongs(lanes, offset, base, out);
            default -> addToLongs(lanes, offset, base, out);
        }
    }

    private static void bytesToLongs(MemorySegment lanes, long offset, long base, long[] out) {
        int step = Lanes.BYTES_PER_LONGS.length();
        for (int row = 0; row < Stripes.VECTOR_ROWS; row += step) {
            ByteVector codes = ByteVector.fromMemorySegment(Lanes.BYTES_PER_LONGS, lanes, offset + row, ORDER);
            for (int part = 0; part * LONGS.length() < step; part++) {
                ((LongVector) codes.convertShape(VectorOperators.ZERO_EXTEND_B2L, LONGS, part))
                        .add(base)
                        .intoArray(out, row + part * LONGS.length());
            }
        }
    }

    private static void shortsToLongs(MemorySegment lanes, long offset, long base, long[] out) {
        int step = Lanes.SHORTS_PER_LONGS.length();
        for (int row = 0; row < Stripes.VECTOR_ROWS; row += step) {
            ShortVector codes = ShortVector.fromMemorySegment(Lanes.SHORTS_PER_LONGS, lanes, offset + 2L * row, ORDER);
            for (int part = 0; part * LONGS.length() < step; part++) {
                ((LongVector) codes.convertShape(VectorOperators.ZERO_EXTEND_S2L, LONGS, part))
                        .add(base)
                        .intoArray(out, row + part * LONGS.length());
            }
        }
    }

    private static void intsToLongs(MemorySegment lanes, long offset, long base, long[] out) {
        int step = Lanes.INTS_PER_LONGS.length();
        for (int row = 0; row < Stripes.VECTOR_ROWS; row += step) {
            IntVector codes = IntVector.fromMemorySegment(Lanes.INTS_PER_LONGS, lanes, offset + 4L * row, ORDER);
            for (int part = 0; part * LONGS.length() < step; part++) {
                ((LongVector) codes.convertShape(VectorOperators.ZERO_EXTEND_I2L, LONGS, part))
                        .add(base)
                        .intoArray(out, row + part * LONGS.length());
            }
        }
    }

    private static void addToLongs(MemorySegment lanes, long offset, long base, long[] out) {
        for (int row = 0; row < Stripes.VECTOR_ROWS; row += LONGS.length()) {
            LongVector.fromMemorySegment(LONGS, lanes, offset + 8L * row, ORDER)
                    .add(base)
                    .intoArray(out, row);
        }
    }

    /** Widens 1,024 unsigned lanes of at most 16 bits, as dictionary codes are. */
    static void toInts(MemorySegment lanes, long offset, int laneBits, int[] out) {
        switch (laneBits) {
            case 8 -> {
                for (int row = 0; row < Stripes.VECTOR_ROWS; row++) {
                    out[row] = lanes.get(ValueLayout.JAVA_BYTE, offset + row) & 0xff;
                }
            }
            case 16 -> {
                for (int row = 0; row < Stripes.VECTOR_ROWS; row++) {
                    out[row] = lanes.get(SHORT, offset + 2L * row) & 0xffff;
                }
            }
            default -> throw new IllegalArgumentException("codes of " + laneBits + " bits");
        }
    }

    /**
     * A base plus the codes, of more than 32 bits, of some rows, counted from the packed vector at {@code offset} on. A code that
     * is split over two words is put together from both; of one that is not, the second word is the first again, so that there is no
     * branch to guess, and no read past the vector.
     */
    static void gather(MemorySegment source, long offset, int width, int[] rows, int count, long base, long[] out) {
        long mask = ones(width);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int bit = (row >>> 4 & 63) * width;
            int shift = bit & 63;
            int next = bit + width - 1 >>> 6;
            long lane = offset + (long) (row >>> 10) * width * STEP + 8L * (row & 15);
            long low = source.get(LONG, lane + (bit >>> 6 << 7));
            long high = source.get(LONG, lane + (next << 7));
            // A shift by 64 would be none: two steps, and nothing where the word is the first again.
            long above = next == bit >>> 6 ? 0 : high << 1 << 63 - shift;
            out[i] = base + ((low >>> shift | above) & mask);
        }
    }
}
