package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A condition on texts by a pattern that is parsed once an execution. Where the texts of a whole vector lie in a block as they are,
 * they are searched there for something that every match contains, and only those that have it are looked at one by one.
 */
abstract class TextPredicate extends Operation {
    private final boolean known;
    private final RequiredTexts required;
    private final @Nullable TextEnds ends;
    private final boolean decides;
    private final int[] candidates = new int[Stripes.VECTOR_ROWS];
    private final Register candidate;

    /**
     * @param text the type of the texts
     * @param known whether there is a pattern; without one the result is null for every row
     * @param required what every text that matches has
     * @param ends what alone decides whether a text matches, or null where its ends do not
     * @param decides whether a text that has it matches
     */
    TextPredicate(
            Op op, DataType text, boolean known, RequiredTexts required, @Nullable TextEnds ends, boolean decides) {
        super(op);
        this.known = known;
        this.required = required;
        this.ends = ends;
        this.decides = decides;
        this.candidate = new Register(text, required.isEmpty() || ends != null ? 0 : Stripes.VECTOR_ROWS);
    }

    /** Whether {@code data[from .. to)} matches; there is a pattern. */
    abstract boolean matches(byte[] data, int from, int to);

    @Override
    void account(MemoryReservation memory) {
        super.account(memory);
        candidate.account(memory);
    }

    @Override
    final void run(Frame frame) {
        Arrays.fill(out.bits, 0L);
        if (!known) {
            out.allNull();
            return;
        }
        ColumnReader column = frame.loaded(op.arg(0));
        if (column != null && frame.selected() == null && column.hasPlainTexts() && search(column, frame.vector())) {
            return;
        }
        Register text = frame.in(op.arg(0));
        out.nullsOf(text);
        for (int row = 0; row < frame.rows(); row++) {
            int from = text.starts[row];
            if (!out.isNull(row) && matches(text.data, from, from + text.lengths[row])) {
                Bits.set(out.bits, row);
            }
        }
    }

    /** Searches the texts of a vector where they lie; false where there is nothing to search for. */
    private boolean search(ColumnReader column, int vector) {
        TextEnds both = ends;
        if (both == null && required.isEmpty()) {
            return false;
        }
        column.nulls(vector, out);
        if (both != null) {
            column.search(both, vector, out.bits);
            return true;
        }
        column.search(required, vector, out.bits);
        if (decides) {
            return true;
        }
        int count = Bits.indices(out.bits, candidates);
        column.gather(vector, candidates, count, candidate);
        for (int i = 0; i < count; i++) {
            int row = candidates[i];
            int from = candidate.starts[i];
            if (!matches(candidate.data, from, from + candidate.lengths[i])) {
                out.bits[row >>> 6] &= ~(1L << row);
            }
        }
        return true;
    }
}
