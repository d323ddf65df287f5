package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A boolean over one column that cannot fail, evaluated once for each distinct value that a block holds and once for null,
 * and then looked up by code: a LIKE over a dictionary looks at each text of it once, however many rows have it.
 */
final class CodedPredicate {
    /** More distinct values than this are not worth it for a few selected rows. */
    private static final int FEW_VALUES = 256;

    private final int register;
    private final int load;
    private final ColumnReader column;
    private final Frame values;
    private final int[] inner;
    private boolean ready;
    private long[] truth = new long[Bits.WORDS];
    private long[] known = new long[Bits.WORDS];
    private boolean allKnown;
    private boolean nullIsTrue;
    private boolean nullIsKnown;
    private final long[] valid = new long[Bits.WORDS];
    private final long[] gathered = new long[Bits.WORDS];

    /** @param load the register that holds the column */
    CodedPredicate(
            Program program,
            List<Argument> arguments,
            List<ColumnReader> columns,
            MemoryReservation memory,
            int register,
            int load) {
        this.register = register;
        this.load = load;
        this.column = columns.get(program.ops().get(load).index());
        this.values = Frame.of(program, arguments, columns, memory, register);
        int[] closure = values.inside(register);
        this.inner = Arrays.copyOf(closure, closure.length - 1);
    }

    /** The operations that the predicate needs where there are no codes, itself left out. */
    int[] inner() {
        return inner;
    }

    /** A new stripe: what was known of distinct values is not true any more. */
    void attach() {
        ready = false;
    }

    /** Whether looking up codes pays for the rows of a frame. */
    boolean applies(boolean allRows) {
        return column.coded()
                && (ready
                        || (allRows
                                ? column.distinctCount()
                                        <= Math.max(FEW_VALUES, column.block().rows() / 4)
                                : column.distinctCount() <= FEW_VALUES));
    }

    /** Fills the register for the frame's rows, or gives false where there are no codes, or too many. */
    boolean run(Frame frame, Register out) {
        if (!applies(frame.selected() == null)) {
            return false;
        }
        prepare();
        int[] codes = column.codes(frame);
        int rows = frame.rows();
        lookUp(truth, codes, rows, out.bits);
        out.hasNulls = !allKnown || column.nulls() != 0;
        if (out.hasNulls) {
            lookUp(known, codes, rows, out.valid);
            nulls(frame, out);
        }
        return true;
    }

    /** Puts what the predicate gives for null where the column is null. */
    private void nulls(Frame frame, Register out) {
        if (column.nulls() == 0) {
            return;
        }
        Bits.first(Stripes.VECTOR_ROWS, valid);
        column.andValid(frame.vector(), valid);
        long[] present = valid;
        int[] selected = frame.selected();
        if (selected != null) {
            Bits.gather(valid, selected, frame.rows(), gathered);
            present = gathered;
        }
        for (int word = 0; word < Bits.WORDS; word++) {
            out.bits[word] = out.bits[word] & present[word] | (nullIsTrue ? ~present[word] : 0);
            out.valid[word] = out.valid[word] & present[word] | (nullIsKnown ? ~present[word] : 0);
        }
    }

    private static void lookUp(long[] table, int[] codes, int rows, long[] bits) {
        for (int from = 0; from < rows; from += 64) {
            int to = Math.min(64, rows - from);
            long word = 0;
            for (int i = 0; i < to; i++) {
                int code = codes[from + i];
                word |= (table[code >>> 6] >>> code & 1L) << i;
            }
            bits[from >>> 6] = word;
        }
    }

    private void prepare() {
        if (ready) {
            return;
        }
        ready = true;
        int count = column.distinctCount();
        int words = (count + 63) / 64 + Bits.WORDS;
        if (truth.length < words) {
            truth = new long[words];
            known = new long[words];
        }
        values.bound();
        allKnown = true;
        for (int from = 0; from < count; from += Stripes.VECTOR_ROWS) {
            int rows = Math.min(Stripes.VECTOR_ROWS, count - from);
            Register result = evaluate(from, rows, false);
            for (int word = 0; word << 6 < rows; word++) {
                long all = rows - (word << 6) >= 64 ? -1L : -1L >>> -rows;
                long valid = result.hasNulls ? result.valid[word] & all : all;
                truth[(from >>> 6) + word] = result.bits[word] & valid;
                known[(from >>> 6) + word] = valid;
                allKnown &= valid == all;
            }
        }
        if (column.nulls() != 0) {
            Register result = evaluate(0, 1, true);
            nullIsKnown = !result.isNull(0);
            nullIsTrue = nullIsKnown && Bits.get(result.bits, 0);
        }
    }

    private Register evaluate(int from, int rows, boolean isNull) {
        values.beginVector(0, rows);
        Register input = values.preset(load);
        column.distinct().copy(from, rows, input);
        input.hasNulls = false;
        if (isNull) {
            input.allNull();
        }
        return values.get(register);
    }

    /** Whether the predicate is true for null. */
    boolean nullIsTrue() {
        prepare();
        return column.nulls() != 0 && nullIsTrue;
    }

    /**
     * The codes for which it is true, as runs: first and last code of each, ascending; null where there are more than {@code most}
     * runs.
     */
    int @Nullable [] runs(int most) {
        prepare();
        int count = column.distinctCount();
        int[] runs = new int[2 * most];
        int found = 0;
        int code = 0;
        while (code < count) {
            if (!isTrue(code)) {
                code++;
                continue;
            }
            if (found == most) {
                return null;
            }
            runs[2 * found] = code;
            while (code < count && isTrue(code)) {
                code++;
            }
            runs[2 * found + 1] = code - 1;
            found++;
        }
        return Arrays.copyOf(runs, 2 * found);
    }

    private boolean isTrue(int code) {
        return (truth[code >>> 6] >>> code & 1) != 0;
    }
}
