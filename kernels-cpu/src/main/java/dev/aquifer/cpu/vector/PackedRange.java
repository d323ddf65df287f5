package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;
import static dev.aquifer.cpu.vector.Lanes.ORDER;
import static dev.aquifer.cpu.vector.Unpack.STEP;

import dev.aquifer.spi.block.Packing;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Which of 1,024 packed codes lie in a range. Codes are unpacked in registers, in lanes of their own size, and compared where
 * they are: nothing is written but the bitmap, so that memory, which gives packed bytes, sets the pace. The four loops are alike and
 * stay apart, as those of {@link CodeRange} do: the compiler only sees through a vector whose species is a constant of the loop.
 */
final class PackedRange {
    private PackedRange() {}

    /**
     * Clears the bits of rows whose code is not in [low, high], both unsigned and inclusive.
     *
     * @param width bits of a code, 1 to 64
     */
    static void and(MemorySegment source, long offset, int width, long low, long high, long[] bits) {
        int laneBits = Packing.laneBits(width);
        // One subtraction turns two comparisons into one: below low wraps to above the span.
        long span = high - low;
        switch (laneBits) {
            case 8 -> bytes(source, offset, width, (byte) low, (byte) span, bits);
            case 16 -> shorts(source, offset, width, (short) low, (short) span, bits);
            case 32 -> ints(source, offset, width, (int) low, (int) span, bits);
            default -> longs(source, offset, width, low, span, bits);
        }
    }

    private static void bytes(MemorySegment source, long offset, int width, byte low, byte span, long[] bits) {
        long mask = Unpack.repeat(Unpack.ones(width), 8);
        for (int step = 0; step < 8; step++) {
            int bit = step * width;
            int shift = bit & 7;
            long word = offset + (long) (bit >>> 3) * STEP;
            boolean split = shift + width > 8;
            // What comes of the first word alone; lanes are bytes, so bits of their neighbours are masked away.
            long lowMask = split ? Unpack.repeat(Unpack.ones(8 - shift), 8) : mask;
            for (int half = 0; half < 2; half++) {
                long found = 0;
                for (int at = 0; at < 64; at += Lanes.BYTES.length()) {
                    long place = word + (half << 6) + at;
                    LongVector codes = LongVector.fromMemorySegment(LONGS, source, place, ORDER)
                            .lanewise(VectorOperators.LSHR, shift)
                            .and(lowMask);
                    if (split) {
                        codes = codes.or(LongVector.fromMemorySegment(LONGS, source, place + STEP, ORDER)
                                .lanewise(VectorOperators.LSHL, 8 - shift)
                                .and(mask & ~lowMask));
                    }
                    found |= codes.reinterpretAsBytes()
                                    .sub(low)
                                    .compare(VectorOperators.ULE, span)
                                    .toLong()
                            << at;
                }
                bits[2 * step + half] &= found;
            }
        }
    }

    private static void shorts(MemorySegment source, long offset, int width, short low, short span, long[] bits) {
        long mask = Unpack.repeat(Unpack.ones(width), 16);
        for (int step = 0; step < 16; step++) {
            int bit = step * width;
            int shift = bit & 15;
            long word = offset + (long) (bit >>> 4) * STEP;
            boolean split = shift + width > 16;
            long lowMask = split ? Unpack.repeat(Unpack.ones(16 - shift), 16) : mask;
            long found = 0;
            for (int at = 0; at < STEP; at += LONGS.vectorByteSize()) {
                LongVector codes = LongVector.fromMemorySegment(LONGS, source, word + at, ORDER)
                        .lanewise(VectorOperators.LSHR, shift)
                        .and(lowMask);
                if (split) {
                    codes = codes.or(LongVector.fromMemorySegment(LONGS, source, word + STEP + at, ORDER)
                            .lanewise(VectorOperators.LSHL, 16 - shift)
                            .and(mask & ~lowMask));
                }
                found |= codes.reinterpretAsShorts()
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << (at >>> 1);
            }
            bits[step] &= found;
        }
    }

    private static void ints(MemorySegment source, long offset, int width, int low, int span, long[] bits) {
        long mask = Unpack.repeat(Unpack.ones(width), 32);
        for (int step = 0; step < 32; step++) {
            int bit = step * width;
            int shift = bit & 31;
            long word = offset + (long) (bit >>> 5) * STEP;
            boolean split = shift + width > 32;
            long lowMask = split ? Unpack.repeat(Unpack.ones(32 - shift), 32) : mask;
            long found = 0;
            for (int at = 0; at < STEP; at += LONGS.vectorByteSize()) {
                LongVector codes = LongVector.fromMemorySegment(LONGS, source, word + at, ORDER)
                        .lanewise(VectorOperators.LSHR, shift)
                        .and(lowMask);
                if (split) {
                    codes = codes.or(LongVector.fromMemorySegment(LONGS, source, word + STEP + at, ORDER)
                            .lanewise(VectorOperators.LSHL, 32 - shift)
                            .and(mask & ~lowMask));
                }
                found |= codes.reinterpretAsInts()
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << (at >>> 2);
            }
            int place = (step & 1) << 5;
            bits[step >>> 1] &= found << place | ~(0xffff_ffffL << place);
        }
    }

    private static void longs(MemorySegment source, long offset, int width, long low, long span, long[] bits) {
        long mask = Unpack.ones(width);
        for (int step = 0; step < 64; step++) {
            int bit = step * width;
            int shift = bit & 63;
            long word = offset + (long) (bit >>> 6) * STEP;
            boolean split = shift + width > 64;
            long found = 0;
            for (int at = 0; at < STEP; at += LONGS.vectorByteSize()) {
                LongVector codes = LongVector.fromMemorySegment(LONGS, source, word + at, ORDER)
                        .lanewise(VectorOperators.LSHR, shift);
                if (split) {
                    codes = codes.or(LongVector.fromMemorySegment(LONGS, source, word + STEP + at, ORDER)
                            .lanewise(VectorOperators.LSHL, 64 - shift));
                }
                found |= codes.and(mask)
                                .sub(low)
                                .compare(VectorOperators.ULE, span)
                                .toLong()
                        << (at >>> 3);
            }
            int place = (step & 3) << 4;
            bits[step >>> 2] &= found << place | ~(0xffffL << place);
        }
    }
}
