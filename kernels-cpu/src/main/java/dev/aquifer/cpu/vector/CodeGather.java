package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.INTS;
import static dev.aquifer.cpu.vector.Lanes.INTS_PER_LONGS;
import static dev.aquifer.cpu.vector.Lanes.LONGS;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_I2L;

import dev.aquifer.spi.block.Packing;
import dev.aquifer.spi.block.Stripes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The codes of some rows of packed vectors, of at most 32 bits each. Where the parts of codes lie is computed, and what was read there
 * is put together, a register of rows at a time; only the reads in between are one by one, as Java has none that gathers from
 * memory.
 */
final class CodeGather {
    /** Rows between two changes from one step to the next: few, so that what is passed on stays near the processor. */
    private static final int ROWS = 64;

    private static final int VECTOR_SHIFT = Integer.numberOfTrailingZeros(Stripes.VECTOR_ROWS);
    private static final int STEP_SHIFT = Integer.numberOfTrailingZeros(Unpack.STEP);

    /** For each row: where the word with a code's first bit lies, and that with its last one, often the same. */
    private final int[] firstAt = new int[ROWS];

    private final int[] lastAt = new int[ROWS];
    /** What lies there, unsigned. */
    private final int[] first = new int[ROWS];

    private final int[] last = new int[ROWS];
    /** The bit of its first word that a code begins at. */
    private final int[] shifts = new int[ROWS];

    private MemorySegment source = MemorySegment.NULL;
    private long offset;
    private int width;
    private int laneBits;
    private boolean splits;

    /** Goes to packed vectors of codes of {@code codeWidth} bits, 1 to 32, that begin at {@code start}. */
    void begin(MemorySegment block, long start, int codeWidth) {
        source = block;
        offset = start;
        width = codeWidth;
        laneBits = Packing.laneBits(codeWidth);
        splits = laneBits % codeWidth != 0;
    }

    /**
     * A base plus the codes of some rows, counted from the first vector on.
     *
     * @param rows room for a multiple of 64 numbers; those from {@code count} on are read in vain
     * @param out room for a multiple of 64 values; those from {@code count} on are overwritten with anything
     */
    void gather(int[] rows, int count, long base, long[] out) {
        for (int from = 0; from < count; from += ROWS) {
            place(rows, from);
            read(Math.min(ROWS, count - from));
            join(base, out, from);
        }
    }

    private void place(int[] rows, int from) {
        int laneShift = Integer.numberOfTrailingZeros(laneBits);
        int rowsShift = STEP_SHIFT + 3 - laneShift;
        for (int i = 0; i < ROWS; i += INTS.length()) {
            IntVector row = IntVector.fromArray(INTS, rows, from + i);
            IntVector bit = row.lanewise(LSHR, rowsShift).and(laneBits - 1).mul(width);
            IntVector lane = row.lanewise(LSHR, VECTOR_SHIFT)
                    .mul(width << STEP_SHIFT)
                    .add(row.and((1 << rowsShift) - 1).lanewise(LSHL, laneShift - 3));
            bit.and(laneBits - 1).intoArray(shifts, i);
            bit.lanewise(LSHR, laneShift).lanewise(LSHL, STEP_SHIFT).add(lane).intoArray(firstAt, i);
            bit.add(width - 1)
                    .lanewise(LSHR, laneShift)
                    .lanewise(LSHL, STEP_SHIFT)
                    .add(lane)
                    .intoArray(lastAt, i);
        }
    }

    private void read(int count) {
        switch (laneBits) {
            case 8 -> {
                bytes(firstAt, count, first);
                if (splits) {
                    bytes(lastAt, count, last);
                }
            }
            case 16 -> {
                shorts(firstAt, count, first);
                if (splits) {
                    shorts(lastAt, count, last);
                }
            }
            default -> {
                ints(firstAt, count, first);
                if (splits) {
                    ints(lastAt, count, last);
                }
            }
        }
    }

    private void bytes(int[] places, int count, int[] words) {
        for (int i = 0; i < count; i++) {
            words[i] = source.get(ValueLayout.JAVA_BYTE, offset + places[i]) & 0xff;
        }
    }

    private void shorts(int[] places, int count, int[] words) {
        for (int i = 0; i < count; i++) {
            words[i] = source.get(Unpack.SHORT, offset + places[i]) & 0xffff;
        }
    }

    private void ints(int[] places, int count, int[] words) {
        for (int i = 0; i < count; i++) {
            words[i] = source.get(Unpack.INT, offset + places[i]);
        }
    }

    /** Of a code that is not split the last word is the first again, and what it adds lies above the code. */
    private void join(long base, long[] out, int from) {
        int mask = (int) Unpack.ones(width);
        int[] above = splits ? last : first;
        for (int i = 0; i < ROWS; i += INTS_PER_LONGS.length()) {
            IntVector shift = IntVector.fromArray(INTS_PER_LONGS, shifts, i);
            IntVector low = IntVector.fromArray(INTS_PER_LONGS, first, i).lanewise(LSHR, shift);
            IntVector high = IntVector.fromArray(INTS_PER_LONGS, above, i)
                    .lanewise(
                            LSHL, IntVector.broadcast(INTS_PER_LONGS, laneBits).sub(shift));
            ((LongVector) low.or(high).and(mask).convertShape(ZERO_EXTEND_I2L, LONGS, 0))
                    .add(base)
                    .intoArray(out, from + i);
        }
    }
}
