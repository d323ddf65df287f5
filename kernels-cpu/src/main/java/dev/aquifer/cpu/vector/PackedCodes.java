package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Packing;
import dev.aquifer.spi.block.Stripes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The packed codes of a block, vector by vector. Codes whose width is a lane's are used where they lie; others are unpacked once
 * a vector, however many ask.
 */
final class PackedCodes {
    private static final int CACHE_LINE = 64;

    private static final int VECTOR_SHIFT = Integer.numberOfTrailingZeros(Stripes.VECTOR_ROWS);

    /** For fewer rows of a vector most of its lines would be read in vain. */
    private static final int TOUCHED_FROM = 8;

    /** Kept, so that the compiler cannot leave the reads out. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private final CodeGather gatherer = new CodeGather();
    private @Nullable MemorySegment scratch;
    private MemorySegment segment = MemorySegment.NULL;
    /** Where the first vector begins; an address, where {@link #segment} is all of memory. */
    private long data;

    private int width;
    private int vectors;
    private int unpackedVector = -1;
    private @Nullable RangeKernel kernel;
    /** Vectors of the block that were compared without a kernel of their own. */
    private int compared;

    /** Goes to the codes of {@code width} bits, 0 to 64, of some rows, that begin at {@code offset}. */
    void attach(MemorySegment block, long offset, int codeWidth, int rows) {
        if (compared > 0) {
            RangeKernels.used(width, compared);
            compared = 0;
        }
        width = codeWidth;
        vectors = Stripes.vectors(rows);
        Objects.checkFromIndexSize(offset, Packing.bytes(codeWidth, rows), block.byteSize());
        // Read by address, and a kernel reads so; an array has none.
        boolean isNative = block.isNative();
        segment = isNative ? Lanes.MEMORY : block;
        data = isNative ? block.address() + offset : offset;
        kernel = isNative ? RangeKernels.ready(codeWidth) : null;
        unpackedVector = -1;
    }

    private long packed(int vector) {
        return data + (long) Objects.checkIndex(vector, vectors) * Packing.vectorBytes(width);
    }

    /** The unpacked lanes of a vector whose width is no lane's. */
    private MemorySegment unpacked(int vector) {
        MemorySegment target = scratch;
        if (target == null) {
            target = Arena.ofAuto().allocate(8L * Stripes.VECTOR_ROWS, 64);
            scratch = target;
        }
        if (unpackedVector != vector) {
            Unpack.lanes(segment, packed(vector), width, target);
            unpackedVector = vector;
        }
        return target;
    }

    /** Clears the bits of rows of a vector whose code is not in [low, high], both of them codes of the width. */
    void andRange(int vector, long low, long high, long[] bits) {
        if (width == 0) {
            if (low != 0) {
                Arrays.fill(bits, 0L);
            }
            return;
        }
        RangeKernel known = kernel;
        if (known != null) {
            known.and(packed(vector), low, high - low, bits);
            return;
        }
        compared++;
        if (Unpack.isPlain(width)) {
            CodeRange.and(segment, packed(vector), width, low, high, bits);
        } else {
            PackedRange.and(segment, packed(vector), width, low, high, bits);
        }
    }

    /** Clears the bits of rows of a vector whose code is not what is asked for, or with {@code flip} of those whose code is. */
    void andMultiples(int vector, LaneMultiples multiples, long flip, long[] bits) {
        if (Unpack.isPlain(width)) {
            multiples.and(segment, packed(vector), flip, bits);
        } else {
            multiples.and(unpacked(vector), 0, flip, bits);
        }
    }

    /** All codes of a vector, of at most 16 bits. */
    void toInts(int vector, int[] out) {
        if (width == 0) {
            Arrays.fill(out, 0);
        } else if (Unpack.isPlain(width)) {
            Unpack.toInts(segment, packed(vector), width, out);
        } else {
            Unpack.toInts(unpacked(vector), 0, Packing.laneBits(width), out);
        }
    }

    /** A base plus all codes of a vector; sums wrap. */
    void toLongs(int vector, long base, long[] out) {
        if (width == 0) {
            Arrays.fill(out, base);
        } else if (Unpack.isPlain(width)) {
            Unpack.toLongs(segment, packed(vector), width, base, out);
        } else {
            Unpack.toLongs(unpacked(vector), 0, Packing.laneBits(width), base, out);
        }
    }

    /**
     * Reads a word of each cache line of some vectors. Rows here and there would each wait for memory; a run of lines is fetched ahead
     * by the processor, the better the longer it is.
     */
    private void touch(int firstVector, int lastVector) {
        long start = packed(firstVector);
        long end = packed(lastVector) + Packing.vectorBytes(width);
        long words = 0;
        for (long at = start; at < end; at += CACHE_LINE) {
            words ^= segment.get(Unpack.LONG, at);
        }
        touched ^= words;
    }

    /**
     * A base plus the codes of some rows, ascending and one or more: for few rows of a vector.
     *
     * @param vector the vector from whose first row on rows are counted
     * @param rows room for a multiple of 64 numbers
     * @param out room for a multiple of 64 values; those from {@code count} on are overwritten
     */
    void gather(int vector, int[] rows, int count, long base, long[] out) {
        int first = rows[0] >>> VECTOR_SHIFT;
        int last = rows[count - 1] >>> VECTOR_SHIFT;
        Objects.checkIndex(vector + last, vectors);
        if (first < last && count >= TOUCHED_FROM * (last - first + 1)) {
            touch(vector + first, vector + last);
        }
        if (width == 0) {
            Arrays.fill(out, 0, count, base);
        } else if (width > Integer.SIZE) {
            Unpack.gather(segment, packed(vector), width, rows, count, base, out);
        } else {
            gatherer.begin(segment, packed(vector), width);
            gatherer.gather(rows, count, base, out);
        }
    }
}
