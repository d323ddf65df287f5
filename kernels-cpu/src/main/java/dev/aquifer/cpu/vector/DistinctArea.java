package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The values that a CONSTANT, DICTIONARY or RUN_LENGTH block holds once, decoded to arrays: one value, the dictionary, or
 * one a run.
 */
final class DistinctArea {
    private int count;
    private long[] longs = new long[1];
    private long[] highs = new long[1];
    private double[] doubles = new double[1];
    private byte[] data = new byte[0];
    private int[] offsets = new int[2];

    int count() {
        return count;
    }

    long[] longs() {
        return longs;
    }

    void load(Block block) {
        if (block.encoding() == Encoding.CONSTANT) {
            constant(block);
            return;
        }
        MemorySegment segment = block.segment();
        count = block.count();
        long area = block.encoding() == Encoding.DICTIONARY ? block.auxOffset() : block.dataOffset();
        switch (block.physical()) {
            case BOOL -> throw new IllegalStateException(block + " cannot be");
            case LONG -> {
                longs = longs.length < count ? new long[count] : longs;
                MemorySegment.copy(segment, Unpack.LONG, area, longs, 0, count);
            }
            case INT128 -> {
                longs = longs.length < count ? new long[count] : longs;
                highs = highs.length < count ? new long[count] : highs;
                for (int i = 0; i < count; i++) {
                    longs[i] = segment.get(Unpack.LONG, area + 16L * i);
                    highs[i] = segment.get(Unpack.LONG, area + 16L * i + 8);
                }
            }
            case DOUBLE -> {
                doubles = doubles.length < count ? new double[count] : doubles;
                for (int i = 0; i < count; i++) {
                    doubles[i] = Double.longBitsToDouble(segment.get(Unpack.LONG, area + 8L * i));
                }
            }
            case BYTES -> bytes(segment, area);
        }
    }

    private void constant(Block block) {
        count = 1;
        longs[0] = block.baseLow();
        highs[0] = block.baseHigh();
        doubles[0] = Double.longBitsToDouble(block.baseLow());
        if (block.physical() == Physical.BYTES) {
            if (block.nullCount() == block.rows()) {
                offsets[0] = 0;
                offsets[1] = 0;
            } else {
                bytes(block.segment(), block.dataOffset());
            }
        }
    }

    private void bytes(MemorySegment segment, long area) {
        offsets = offsets.length <= count ? new int[count + 1] : offsets;
        MemorySegment.copy(segment, Unpack.INT, area, offsets, 0, count + 1);
        int length = offsets[count];
        data = data.length < length ? new byte[length] : data;
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, area + 4L * (count + 1), data, 0, length);
    }

    /** Copies values {@code [from, from + rows)} to the first rows of a register. */
    void copy(int from, int rows, Register out) {
        switch (out.physical) {
            case BOOL -> out.bits[0] = longs[from] != 0 ? -1L : 0L;
            case LONG -> System.arraycopy(longs, from, out.longs, 0, rows);
            case INT128 -> {
                System.arraycopy(longs, from, out.longs, 0, rows);
                if (!out.narrow) {
                    System.arraycopy(highs, from, out.highs, 0, rows);
                }
            }
            case DOUBLE -> System.arraycopy(doubles, from, out.doubles, 0, rows);
            case BYTES -> {
                out.data = data;
                for (int row = 0; row < rows; row++) {
                    out.starts[row] = offsets[from + row];
                    out.lengths[row] = offsets[from + row + 1] - offsets[from + row];
                }
            }
        }
    }

    /** Looks up the values of codes. */
    void decode(int[] codes, int rows, Register out) {
        switch (out.physical) {
            case BOOL -> Arrays.fill(out.bits, longs[0] != 0 ? -1L : 0L);
            case LONG -> lookup(longs, codes, rows, out.longs);
            case INT128 -> {
                lookup(longs, codes, rows, out.longs);
                if (!out.narrow) {
                    lookup(highs, codes, rows, out.highs);
                }
            }
            case DOUBLE -> {
                double[] target = out.doubles;
                for (int row = 0; row < rows; row++) {
                    target[row] = doubles[codes[row]];
                }
            }
            case BYTES -> {
                out.data = data;
                for (int row = 0; row < rows; row++) {
                    int code = codes[row];
                    int start = offsets[code];
                    out.starts[row] = start;
                    out.lengths[row] = offsets[code + 1] - start;
                }
            }
        }
    }

    private static void lookup(long[] values, int[] codes, int rows, long[] out) {
        for (int row = 0; row < rows; row++) {
            out[row] = values[codes[row]];
        }
    }
}
