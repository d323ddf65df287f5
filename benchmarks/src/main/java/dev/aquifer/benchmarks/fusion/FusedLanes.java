package dev.aquifer.benchmarks.fusion;

import dev.aquifer.spi.block.Packing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What generated code calls, with constants for all that says how codes lie: small enough to be inlined, so that shifts and masks become
 * part of instructions. Vectors are of 512 bits.
 */
final class FusedLanes {
    /** Bytes of the words that hold one code, or parts of one, of each lane. */
    static final int STEP = 128;
    /** Bytes of a vector register. */
    static final int REGISTER = 64;

    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);

    private FusedLanes() {}

    static LongVector load(MemorySegment source, long at) {
        return LongVector.fromMemorySegment(LONGS, source, at, ORDER);
    }

    /** Codes that begin their word. */
    static LongVector first(LongVector word, long mask) {
        return word.and(mask);
    }

    /** Codes that lie in one word of their lane. */
    static LongVector whole(LongVector word, int shift, long mask) {
        return word.lanewise(VectorOperators.LSHR, shift).and(mask);
    }

    /** Codes that begin in one word of their lane and end in the next. */
    static LongVector split(LongVector word, LongVector next, int shift, int left, long lowMask, long highMask) {
        return word.lanewise(VectorOperators.LSHR, shift)
                .and(lowMask)
                .or(next.lanewise(VectorOperators.LSHL, left).and(highMask));
    }

    static ByteVector bytes(long value) {
        return ByteVector.broadcast(ByteVector.SPECIES_512, (byte) value);
    }

    /** Which codes are at most {@code span} above the least one. */
    static long test(LongVector codes, ByteVector low, ByteVector span) {
        return codes.reinterpretAsBytes()
                .sub(low)
                .compare(VectorOperators.ULE, span)
                .toLong();
    }

    static ShortVector shorts(long value) {
        return ShortVector.broadcast(ShortVector.SPECIES_512, (short) value);
    }

    /** Which codes are at most {@code span} above the least one. */
    static long test(LongVector codes, ShortVector low, ShortVector span) {
        return codes.reinterpretAsShorts()
                .sub(low)
                .compare(VectorOperators.ULE, span)
                .toLong();
    }

    static IntVector ints(long value) {
        return IntVector.broadcast(INTS, (int) value);
    }

    /** Which codes are at most {@code span} above the least one. */
    static long test(LongVector codes, IntVector low, IntVector span) {
        return codes.reinterpretAsInts()
                .sub(low)
                .compare(VectorOperators.ULE, span)
                .toLong();
    }

    /** Clears the bits from {@code row} on that were not found; {@code ones} has as many bits as were looked at. */
    static void and(long[] bits, int row, long found, long ones) {
        bits[row >>> 6] &= found << row | ~(ones << row);
    }

    /** The code of one row. */
    static long code(MemorySegment source, long at, int row, int width) {
        int laneBits = Packing.laneBits(width);
        int shift = Integer.numberOfTrailingZeros(laneBits);
        int place = row << shift & 1_023;
        int bit = (row << shift >>> 10) * width;
        long from = at + (place >>> 6 << 3);
        long low = source.get(LONG, from + (long) (bit >>> shift) * STEP) >>> place & -1L >>> 64 - laneBits;
        if (laneBits % width == 0) {
            return low >>> (bit & laneBits - 1) & -1L >>> 64 - width;
        }
        long high = source.get(LONG, from + (long) (bit + width - 1 >>> shift) * STEP) >>> place;
        return (low >>> (bit & laneBits - 1) | high << laneBits - (bit & laneBits - 1)) & -1L >>> 64 - width;
    }

    /** Adds the products of 16 rows, those of a bitmap, to sums; products are below 2^32. */
    static LongVector products(
            LongVector sums,
            LongVector left,
            int leftBase,
            MemorySegment right,
            long rightAt,
            int rightWidth,
            int rightBase,
            int row,
            long[] bits) {
        int bit = (row >>> 7) * rightWidth;
        IntVector codes = (IntVector) ByteVector.fromMemorySegment(
                        ByteVector.SPECIES_128, right, rightAt + ((bit >>> 3 << 7) + (row & 127)), ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
        IntVector second = codes.lanewise(VectorOperators.LSHR, bit & 7)
                .and((1 << rightWidth) - 1)
                .add(rightBase);
        LongVector products = IntVector.zero(INTS)
                .blend(
                        left.reinterpretAsInts().add(leftBase).mul(second),
                        VectorMask.fromLong(INTS, bits[row >>> 6] >>> row))
                .reinterpretAsLongs();
        return sums.add(products.and(0xffff_ffffL)).add(products.lanewise(VectorOperators.LSHR, 32));
    }

    static LongVector zero() {
        return LongVector.zero(LONGS);
    }

    static long total(LongVector sums) {
        return sums.reduceLanes(VectorOperators.ADD);
    }
}
