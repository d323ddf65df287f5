package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.LongColumn;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs codes of one width, vector by vector, as {@link Packing} lays them out. Codes are first narrowed to lanes next to
 * each other; then all lanes of a 64-bit word are shifted at once. Holds its scratch memory, so one serves a whole block.
 * Not thread-safe.
 */
final class Packer {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Words of 64 bits that hold one bit of each code of a vector, and one code of each lane. */
    private static final int STEP = Stripes.VECTOR_ROWS / 64;

    private final int width;
    private final int laneBits;
    /** The codes of a vector, each in a lane. */
    private final byte[] lanes;

    private final long[] words;

    Packer(int width) {
        this.width = width;
        this.laneBits = Packing.laneBits(width);
        this.lanes = new byte[width == 0 ? 0 : Stripes.VECTOR_ROWS / 8 * laneBits];
        this.words = new long[width == laneBits ? 0 : STEP * width];
    }

    /** Packs all of {@code codes} at {@code offset} of {@code target}. */
    void block(long[] codes, int rows, MemorySegment target, long offset) {
        block(codes, 0, rows, target, offset);
    }

    /** Packs by how much values are above a base. */
    private void block(long[] values, long base, int rows, MemorySegment target, long offset) {
        long at = offset;
        for (int from = 0; from < rows; from += Stripes.VECTOR_ROWS) {
            vector(values, from, Math.min(rows, from + Stripes.VECTOR_ROWS), base, target, at);
            at += Packing.vectorBytes(width);
        }
    }

    /** As {@link #block(long[], int, MemorySegment, long)}, for widths up to 32. */
    void block(int[] codes, int rows, MemorySegment target, long offset) {
        long at = offset;
        for (int from = 0; from < rows; from += Stripes.VECTOR_ROWS) {
            vector(codes, from, Math.min(rows, from + Stripes.VECTOR_ROWS), target, at);
            at += Packing.vectorBytes(width);
        }
    }

    /** Packs a column's codes, of which there are never more than a vector's in memory. */
    void block(LongColumn column, LongFrame frame, MemorySegment target, long offset) {
        if (frame.factor() == 1 && column.validity() == null) {
            block(column.values(), frame.base(), column.size(), target, offset);
            return;
        }
        boolean narrow = width <= 32;
        int[] codes = new int[narrow ? Stripes.VECTOR_ROWS : 0];
        long[] wideCodes = new long[narrow ? 0 : Stripes.VECTOR_ROWS];
        long at = offset;
        for (int from = 0; from < column.size(); from += Stripes.VECTOR_ROWS) {
            int to = Math.min(column.size(), from + Stripes.VECTOR_ROWS);
            if (narrow) {
                frame.codes(column, from, to, codes);
                vector(codes, 0, to - from, target, at);
            } else {
                frame.wideCodes(column, from, to, wideCodes);
                vector(wideCodes, 0, to - from, 0, target, at);
            }
            at += Packing.vectorBytes(width);
        }
    }

    /** Packs {@code codes[from .. to)}, at most a vector. */
    void vector(long[] codes, int from, int to, MemorySegment target, long offset) {
        vector(codes, from, to, 0, target, offset);
    }

    private void vector(long[] values, int from, int to, long base, MemorySegment target, long offset) {
        if (width == 0) {
            return;
        }
        int count = to - from;
        switch (laneBits) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    lanes[i] = (byte) (values[from + i] - base);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    SHORT.set(lanes, 2 * i, (short) (values[from + i] - base));
                }
            }
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    INT.set(lanes, 4 * i, (int) (values[from + i] - base));
                }
            }
            case 64 -> {
                for (int i = 0; i < count; i++) {
                    LONG.set(lanes, 8 * i, values[from + i] - base);
                }
            }
            default -> throw new IllegalStateException("no lanes of " + laneBits + " bits");
        }
        write(count, target, offset);
    }

    private void vector(int[] codes, int from, int to, MemorySegment target, long offset) {
        if (width == 0) {
            return;
        }
        int count = to - from;
        switch (laneBits) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    lanes[i] = (byte) codes[from + i];
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    SHORT.set(lanes, 2 * i, (short) codes[from + i]);
                }
            }
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    INT.set(lanes, 4 * i, codes[from + i]);
                }
            }
            default -> throw new IllegalStateException("32-bit codes of " + width + " bits");
        }
        write(count, target, offset);
    }

    /** Writes a vector of which {@code count} codes are in their lanes. */
    private void write(int count, MemorySegment target, long offset) {
        if (count < Stripes.VECTOR_ROWS) {
            Arrays.fill(lanes, count * (laneBits / 8), lanes.length, (byte) 0);
        }
        if (width == laneBits) {
            MemorySegment.copy(MemorySegment.ofArray(lanes), 0, target, offset, lanes.length);
            return;
        }
        Arrays.fill(words, 0);
        for (int position = 0; position < laneBits; position++) {
            int bit = position * width;
            int shift = bit % laneBits;
            place(position * STEP, bit / laneBits * STEP, shift);
        }
        MemorySegment.copy(words, 0, target, BlockDescriptor.LONG, offset, words.length);
    }

    /** Puts one code of each lane into its word, and what does not fit there into the lane's next one. */
    private void place(int from, int to, int shift) {
        long stay = everyLane(-1L >>> (64 - laneBits + shift));
        for (int i = 0; i < STEP; i++) {
            words[to + i] |= ((long) LONG.get(lanes, 8 * (from + i)) & stay) << shift;
        }
        if (shift + width > laneBits) {
            long carried = everyLane((1L << shift) - 1);
            int down = laneBits - shift;
            for (int i = 0; i < STEP; i++) {
                words[to + STEP + i] |= (long) LONG.get(lanes, 8 * (from + i)) >>> down & carried;
            }
        }
    }

    /** A mask of one lane, repeated over 64 bits. */
    private long everyLane(long mask) {
        return switch (laneBits) {
            case 8 -> mask * 0x0101_0101_0101_0101L;
            case 16 -> mask * 0x0001_0001_0001_0001L;
            case 32 -> mask * 0x0000_0001_0000_0001L;
            default -> mask;
        };
    }
}
