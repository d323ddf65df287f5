package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;

/** The values of a PLAIN block, as they lie. */
final class PlainValues {
    /** Vectors that a short text takes at most. */
    private static final int MOST_STEPS = 4;

    private final DataType type;
    private MemorySegment segment = MemorySegment.NULL;
    private long data;
    private int rows;

    PlainValues(DataType type) {
        this.type = type;
    }

    void attach(Block block) {
        segment = block.segment();
        data = block.dataOffset();
        rows = block.rows();
    }

    /** All values of a vector. */
    void read(int vector, Register out) {
        int from = vector * Stripes.VECTOR_ROWS;
        int count = Math.min(Stripes.VECTOR_ROWS, rows - from);
        switch (out.physical) {
            case BOOL -> MemorySegment.copy(segment, Unpack.LONG, data + 128L * vector, out.bits, 0, Bits.WORDS);
            case LONG -> MemorySegment.copy(segment, Unpack.LONG, data + 8L * from, out.longs, 0, count);
            case INT128 -> wide(from, count, out);
            case DOUBLE -> {
                for (int row = 0; row < count; row++) {
                    out.doubles[row] = floating(from + row);
                }
            }
            case BYTES -> texts(from, count, out);
        }
    }

    private void wide(int from, int count, Register out) {
        for (int row = 0; row < count; row++) {
            out.longs[row] = segment.get(Unpack.LONG, data + 16L * (from + row));
            out.highs[row] = segment.get(Unpack.LONG, data + 16L * (from + row) + 8);
        }
        if (out.narrow && out.hasNulls) {
            // What a null row holds need not be within the bounds that the register gives for all of its rows.
            for (int row = 0; row < count; row++) {
                out.longs[row] = Bits.get(out.valid, row) ? out.longs[row] : out.min;
            }
        }
    }

    private double floating(int row) {
        return switch (type.kind()) {
            case FLOAT32 -> Float.intBitsToFloat(segment.get(Unpack.INT, data + 4L * row));
            case FLOAT64 -> Double.longBitsToDouble(segment.get(Unpack.LONG, data + 8L * row));
            case BOOLEAN, INT8, INT16, INT32, INT64, DECIMAL, DATE, TIMESTAMP, VARCHAR, BINARY ->
                throw new IllegalStateException(type + " is not a float");
        };
    }

    private int textStart(long row) {
        return segment.get(Unpack.INT, data + 4L * row);
    }

    /** The byte offset of the texts, which lie behind their offsets. */
    private long textBytes() {
        return data + 4L * (rows + 1);
    }

    private void texts(int from, int count, Register out) {
        int first = textStart(from);
        int length = textStart(from + count) - first;
        out.clearBytes();
        out.reserveBytes(length);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, textBytes() + first, out.data, 0, length);
        int start = 0;
        for (int row = 0; row < count; row++) {
            int end = textStart(from + row + 1) - first;
            out.starts[row] = start;
            out.lengths[row] = end - start;
            start = end;
        }
    }

    /** Sets the bits of the rows of a vector whose text may match what requires these texts. */
    void search(RequiredTexts required, int vector, long[] bits) {
        int from = vector * Stripes.VECTOR_ROWS;
        int count = Math.min(Stripes.VECTOR_ROWS, rows - from);
        for (TextSearch search : required.searches(segment, textBytes(), textBytes() + textStart(rows))) {
            search.find(segment, data + 4L * from, textBytes(), count, bits);
        }
    }

    /** The texts of some rows of a vector, to the first rows of a register. */
    void gatherTexts(int vector, int[] selected, int count, Register out) {
        out.clearBytes();
        long from = (long) vector * Stripes.VECTOR_ROWS;
        for (int i = 0; i < count; i++) {
            long row = from + selected[i];
            int start = textStart(row);
            int length = textStart(row + 1) - start;
            copy(textBytes() + start, length, out);
            out.starts[i] = out.used;
            out.lengths[i] = length;
            out.used += length;
        }
    }

    /** Appends bytes to a register's. Most texts are short: those go in whole vectors, with what lies behind them. */
    private void copy(long from, int length, Register out) {
        int step = Lanes.BYTES.length();
        if (length > MOST_STEPS * step || from + (long) MOST_STEPS * step > segment.byteSize()) {
            out.reserveBytes(length);
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, out.data, out.used, length);
            return;
        }
        out.reserveBytes(MOST_STEPS * step);
        for (int at = 0; at < length; at += step) {
            ByteVector.fromMemorySegment(Lanes.BYTES, segment, from + at, Lanes.ORDER)
                    .intoArray(out.data, out.used + at);
        }
    }
}
