package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of the current stripe, vector by vector, no further than is asked: packed lanes, dictionary codes, all
 * values of a vector, or the values of some rows.
 */
public final class ColumnReader {
    /** Up to this many rows are taken one by one; for more the whole vector is unpacked. */
    static final int FEW = 96;

    private final DataType type;
    private final Physical physical;
    private final DistinctArea distinct = new DistinctArea();
    private boolean distinctLoaded;
    private final Register dense;
    private int denseVector = -1;
    private final int[] codes = new int[Stripes.VECTOR_ROWS];
    private int codesVector = -1;
    private int[] rowCodes = new int[0];
    private final PackedCodes packed = new PackedCodes();
    private final PlainValues plain;

    private @Nullable Block block;
    private Encoding encoding = Encoding.CONSTANT;
    private MemorySegment segment = MemorySegment.NULL;
    private int rows;
    private int nulls;
    private int width;
    private long validity;
    private int[] ends = new int[0];

    ColumnReader(DataType type, MemoryReservation memory) {
        this.type = type;
        this.physical = type.physical();
        this.plain = new PlainValues(type);
        this.dense = new Register(type, Stripes.VECTOR_ROWS);
        dense.account(memory);
    }

    void attach(Block next) {
        if (!next.type().equals(type)) {
            throw new IllegalArgumentException("a block of " + next.type() + " for a column of " + type);
        }
        block = next;
        encoding = next.encoding();
        segment = next.segment();
        rows = next.rows();
        nulls = next.nullCount();
        width = encoding == Encoding.PACKED || encoding == Encoding.DICTIONARY ? next.width() : 0;
        validity = next.validityOffset();
        distinctLoaded = false;
        denseVector = -1;
        codesVector = -1;
        packed.attach(segment, next.dataOffset(), width, rows);
        plain.attach(next);
        bound(next);
        if (encoding == Encoding.RUN_LENGTH) {
            ends = ends.length < next.count() ? new int[next.count()] : ends;
            MemorySegment.copy(segment, Unpack.INT, next.auxOffset(), ends, 0, next.count());
        }
    }

    private void bound(Block next) {
        dense.unbounded();
        dense.constant = encoding == Encoding.CONSTANT && nulls == 0;
        if (nulls == rows) {
            // Every row holds a zero that nobody reads.
            if (physical == Physical.LONG || physical == Physical.INT128) {
                dense.bounds(0, 0);
            }
            return;
        }
        if (physical != Physical.LONG && physical != Physical.INT128) {
            return;
        }
        if (next.hasLongBounds()) {
            dense.bounds(next.least(), next.greatest());
        }
        if (encoding == Encoding.PACKED && nulls != 0 && dense.narrow) {
            boundNulls(next.baseLow(), next.factor());
        }
    }

    /** The codes of null rows are anything that has the width. */
    private void boundNulls(long base, long factor) {
        long code = width >= 63 ? Long.MAX_VALUE : (1L << width) - 1;
        long most = base + code * factor;
        if (width >= 63 || Math.multiplyHigh(code, factor) != code * factor >> 63 || most < base) {
            dense.unbounded();
        } else {
            dense.bounds(Math.min(dense.min, base), Math.max(dense.max, most));
        }
    }

    Block block() {
        Block current = block;
        if (current == null) {
            throw new IllegalStateException("no stripe");
        }
        return current;
    }

    /** The bounds that {@link #dense} and {@link #gather} give their registers. */
    Register bounds() {
        return dense;
    }

    public int nulls() {
        return nulls;
    }

    /** Whether the block holds distinct values once, so that {@link #codes(Frame)} and {@link #distinct} make sense. */
    public boolean coded() {
        return encoding == Encoding.DICTIONARY || encoding == Encoding.CONSTANT || encoding == Encoding.RUN_LENGTH;
    }

    /** How many values {@link #distinct} has. */
    public int distinctCount() {
        return encoding == Encoding.CONSTANT ? 1 : block().count();
    }

    DistinctArea distinct() {
        if (!distinctLoaded) {
            distinct.load(block());
            distinctLoaded = true;
        }
        return distinct;
    }

    Encoding encoding() {
        return encoding;
    }

    /** The first of the packed codes that are {@link #codes(Frame)}, or a negative number where none are packed. */
    public long firstCode() {
        return encoding == Encoding.DICTIONARY ? 0 : -1;
    }

    /** The packed code of a value within the stripe's bounds, where each next code is the next value; else a negative number. */
    public long codeOf(long value) {
        return encoding == Encoding.PACKED && dense.narrow && block().factor() == 1 ? value - block().baseLow() : -1;
    }

    /** Clears the bits of rows of a vector whose code is not in a range; for PACKED and DICTIONARY. */
    public void andCodeRange(int vector, long low, long high, long[] bits) {
        packed.andRange(vector, low, high, bits);
    }

    /** Clears the bits of rows of a vector whose code is no multiple, or is one; for PACKED. */
    void andMultiples(int vector, LaneMultiples multiples, long flip, long[] bits) {
        packed.andMultiples(vector, multiples, flip, bits);
    }

    /** Whether the texts of rows lie one behind the other in the block, to be searched as one. */
    boolean hasPlainTexts() {
        return encoding == Encoding.PLAIN && physical == Physical.BYTES;
    }

    /** Sets the bits of the rows of a vector that are not null and may match; for {@link #hasPlainTexts}. */
    void search(RequiredTexts required, int vector, long[] bits) {
        plain.search(required, vector, bits);
        andValid(vector, bits);
    }

    /** Sets the bits of the rows of a vector that are not null and have these ends; for {@link #hasPlainTexts}. */
    void search(TextEnds ends, int vector, long[] bits) {
        plain.search(ends, vector, bits);
        andValid(vector, bits);
    }

    /** Gives a register the nulls of a vector's rows. */
    void nulls(int vector, Register out) {
        out.hasNulls = nulls != 0;
        if (out.hasNulls) {
            Arrays.fill(out.valid, -1L);
            andValid(vector, out.valid);
        }
    }

    /** Clears the bits of null rows of a vector. */
    public void andValid(int vector, long[] bits) {
        if (nulls == rows) {
            Arrays.fill(bits, 0L);
        } else if (nulls != 0) {
            for (int word = 0; word < Bits.WORDS; word++) {
                bits[word] &= segment.get(Unpack.LONG, validity + 128L * vector + 8L * word);
            }
        }
    }

    /** The codes of all rows of a vector of a {@link #coded} block; null rows have any code of the block. */
    private int[] codes(int vector) {
        if (codesVector == vector) {
            return codes;
        }
        codesVector = vector;
        switch (encoding) {
            case CONSTANT -> Arrays.fill(codes, 0);
            case DICTIONARY -> {
                packed.toInts(vector, codes);
                if (nulls != 0) {
                    // The codes of null rows are anything that has the width.
                    int last = block().count() - 1;
                    for (int row = 0; row < Stripes.VECTOR_ROWS; row++) {
                        codes[row] = Math.min(codes[row], last);
                    }
                }
            }
            case RUN_LENGTH -> runs(vector);
            case PACKED, PLAIN -> throw new IllegalStateException("no codes in " + block);
        }
        return codes;
    }

    /** The codes of a frame's rows, for a {@link #coded} block; good until the next call. */
    public int[] codes(Frame frame) {
        int[] selected = frame.selected();
        if (selected == null) {
            return codes(frame.vector());
        }
        rowCodes = rowCodes.length == 0 ? new int[Stripes.VECTOR_ROWS] : rowCodes;
        if (encoding == Encoding.CONSTANT) {
            // The rows may be of several vectors.
            Arrays.fill(rowCodes, 0, frame.rows(), 0);
            return rowCodes;
        }
        int[] all = codes(frame.vector());
        for (int row = 0; row < frame.rows(); row++) {
            rowCodes[row] = all[selected[row]];
        }
        return rowCodes;
    }

    private void runs(int vector) {
        int from = vector * Stripes.VECTOR_ROWS;
        int run = Arrays.binarySearch(ends, 0, block().count(), from + 1);
        run = run < 0 ? ~run : run;
        int last = block().count() - 1;
        int row = 0;
        while (row < Stripes.VECTOR_ROWS) {
            int end = run >= last ? Stripes.VECTOR_ROWS : Math.min(Stripes.VECTOR_ROWS, ends[run] - from);
            Arrays.fill(codes, row, end, Math.min(run, last));
            row = end;
            run++;
        }
    }

    /** All values of a vector, in a register that stays until the next vector or stripe is read. */
    Register dense(int vector) {
        if (denseVector == vector) {
            return dense;
        }
        denseVector = vector;
        loadValidity(vector);
        switch (encoding) {
            case CONSTANT, DICTIONARY, RUN_LENGTH -> distinct().decode(codes(vector), Stripes.VECTOR_ROWS, dense);
            case PACKED -> frame(vector);
            case PLAIN -> plain.read(vector, dense);
        }
        return dense;
    }

    private void loadValidity(int vector) {
        dense.hasNulls = nulls != 0;
        if (nulls == 0) {
            return;
        }
        Bits.first(Math.min(Stripes.VECTOR_ROWS, rows - vector * Stripes.VECTOR_ROWS), dense.valid);
        if (nulls == rows) {
            Arrays.fill(dense.valid, 0L);
            return;
        }
        boolean all = true;
        for (int word = 0; word < Bits.WORDS; word++) {
            long valid = segment.get(Unpack.LONG, validity + 128L * vector + 8L * word);
            all &= (dense.valid[word] & ~valid) == 0;
            dense.valid[word] = valid;
        }
        dense.hasNulls = !all;
    }

    private void frame(int vector) {
        long base = block().baseLow();
        long factor = block().factor();
        if (factor == 1) {
            packed.toLongs(vector, base, dense.longs);
        } else {
            packed.toLongs(vector, 0, dense.longs);
            LongMath.scale(dense.longs, factor, base, Stripes.VECTOR_ROWS);
        }
        if (!dense.narrow) {
            carry(base, block().baseHigh(), Stripes.VECTOR_ROWS, dense);
        }
    }

    /** The high halves of base plus code: one more where the low half wrapped. */
    private static void carry(long base, long high, int rows, Register out) {
        for (int row = 0; row < rows; row++) {
            out.highs[row] = high + (Long.compareUnsigned(out.longs[row], base) < 0 ? 1 : 0);
        }
    }

    /** Whether {@link #gatherAcross} can be asked for the stripe: values take no more than their codes, and none is null. */
    boolean gathersAcross() {
        return nulls == 0 && dense.narrow && (encoding == Encoding.PACKED || encoding == Encoding.CONSTANT);
    }

    /** The values of some rows of the stripe, to the first rows of a register. */
    void gatherAcross(int[] selected, int count, Register out) {
        if (encoding == Encoding.CONSTANT) {
            Arrays.fill(out.longs, 0, count, distinct().longs()[0]);
            out.hasNulls = false;
        } else {
            gatherPacked(0, selected, count, out);
        }
    }

    private void gatherPacked(int vector, int[] selected, int count, Register out) {
        long base = block().baseLow();
        long factor = block().factor();
        packed.gather(vector, selected, count, factor == 1 ? base : 0, out.longs);
        if (factor != 1) {
            LongMath.scale(out.longs, factor, base, count);
        }
        out.hasNulls = false;
    }

    /** The values of some rows of a vector, to the first rows of a register. */
    void gather(int vector, int[] selected, int count, Register out) {
        if (denseVector != vector && count <= FEW && encoding == Encoding.PACKED && dense.narrow && nulls == 0) {
            gatherPacked(vector, selected, count, out);
            return;
        }
        if (denseVector != vector && count <= FEW && encoding == Encoding.PLAIN && physical == Physical.BYTES) {
            gatherText(vector, selected, count, out);
            return;
        }
        Register all = dense(vector);
        out.hasNulls = all.hasNulls;
        if (all.hasNulls) {
            Bits.gather(all.valid, selected, count, out.valid);
        }
        switch (physical) {
            case BOOL -> Bits.gather(all.bits, selected, count, out.bits);
            case LONG -> longs(all.longs, selected, count, out.longs);
            case INT128 -> {
                longs(all.longs, selected, count, out.longs);
                if (!all.narrow) {
                    longs(all.highs, selected, count, out.highs);
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    out.doubles[i] = all.doubles[selected[i]];
                }
            }
            case BYTES -> {
                out.data = all.data;
                for (int i = 0; i < count; i++) {
                    out.starts[i] = all.starts[selected[i]];
                    out.lengths[i] = all.lengths[selected[i]];
                }
            }
        }
    }

    private static void longs(long[] values, int[] selected, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[selected[i]];
        }
    }

    private void gatherText(int vector, int[] selected, int count, Register out) {
        // Its validity is now that of another vector than its values.
        denseVector = -1;
        loadValidity(vector);
        out.hasNulls = dense.hasNulls;
        if (dense.hasNulls) {
            Bits.gather(dense.valid, selected, count, out.valid);
        }
        plain.gatherTexts(vector, selected, count, out);
    }
}
