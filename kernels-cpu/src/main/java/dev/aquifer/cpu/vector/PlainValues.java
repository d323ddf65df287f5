package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;

/** The values of a PLAIN block, as they lie. */
final class PlainValues {
    /** Vectors that a short text takes at most. */
    private static final int MOST_STEPS = 4;

    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(Lanes.ORDER);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(Lanes.ORDER);

    /** The lanes with even, and with odd, numbers of two vectors. */
    private static final VectorShuffle<Long> EVEN = VectorShuffle.makeUnzip(LONGS, 0);

    private static final VectorShuffle<Long> ODD = VectorShuffle.makeUnzip(LONGS, 1);

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
            case DOUBLE -> floats(from, count, out.doubles);
            case BYTES -> texts(from, count, out);
        }
    }

    /** Takes the halves of values apart. */
    private void wide(int from, int count, Register out) {
        long at = data + 16L * from;
        int row = 0;
        for (; row <= count - LONGS.length(); row += LONGS.length()) {
            LongVector first = LongVector.fromMemorySegment(LONGS, segment, at + 16L * row, Lanes.ORDER);
            LongVector second =
                    LongVector.fromMemorySegment(LONGS, segment, at + 16L * row + LONGS.vectorByteSize(), Lanes.ORDER);
            first.rearrange(EVEN, second).intoArray(out.longs, row);
            if (!out.narrow) {
                first.rearrange(ODD, second).intoArray(out.highs, row);
            }
        }
        for (; row < count; row++) {
            out.longs[row] = segment.get(Unpack.LONG, at + 16L * row);
            out.highs[row] = segment.get(Unpack.LONG, at + 16L * row + 8);
        }
        if (out.narrow && out.hasNulls) {
            // What a null row holds need not be within the bounds that the register gives for all of its rows.
            for (row = 0; row < count; row++) {
                out.longs[row] = Bits.get(out.valid, row) ? out.longs[row] : out.min;
            }
        }
    }

    private void floats(int from, int count, double[] out) {
        if (type.kind() == TypeKind.FLOAT64) {
            MemorySegment.copy(segment, DOUBLE, data + 8L * from, out, 0, count);
            return;
        }
        for (int row = 0; row < count; row++) {
            out[row] = segment.get(FLOAT, data + 4L * (from + row));
        }
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

    /** Sets the bits of the rows of a vector whose text has these ends. */
    void search(TextEnds ends, int vector, long[] bits) {
        int from = vector * Stripes.VECTOR_ROWS;
        int count = Math.min(Stripes.VECTOR_ROWS, rows - from);
        ends.find(segment, data + 4L * from, textBytes(), count, bits);
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
