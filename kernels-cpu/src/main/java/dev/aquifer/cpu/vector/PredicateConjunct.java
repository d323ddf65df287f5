package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.block.Stripes;
import org.jspecify.annotations.Nullable;

/** Any condition: looked up by code where it depends on one column whose block has codes, else computed. */
final class PredicateConjunct extends Conjunct {
    private final Frame frame;
    private final int register;
    private final @Nullable CodedPredicate coded;
    private final @Nullable ColumnReader column;
    private final boolean readsText;
    private final boolean mayFail;
    private boolean byRange;
    private int lowCode;
    private int highCode;
    private final int[] selected = new int[Stripes.VECTOR_ROWS];

    /**
     * @param coded the same condition over distinct values, with its column, where there is such a thing
     * @param mayFail whether it must be evaluated for all rows, as rows that others leave out may fail
     */
    PredicateConjunct(
            Frame frame,
            int register,
            @Nullable CodedPredicate coded,
            @Nullable ColumnReader column,
            boolean readsText,
            boolean mayFail) {
        this.frame = frame;
        this.register = register;
        this.coded = coded;
        this.column = column;
        this.readsText = readsText;
        this.mayFail = mayFail;
    }

    @Override
    int attach() {
        byRange = false;
        CodedPredicate predicate = coded;
        ColumnReader reader = column;
        if (predicate == null || reader == null || !predicate.applies(true)) {
            return readsText ? TEXT : COMPUTED;
        }
        if (predicate.nullIsTrue()) {
            return CODES;
        }
        int count = reader.distinctCount();
        lowCode = predicate.firstTrue();
        if (lowCode == count || reader.nulls() == reader.block().rows()) {
            return NEVER;
        }
        highCode = predicate.lastTrueFrom(lowCode);
        if (lowCode == 0 && highCode == count - 1 && reader.nulls() == 0) {
            return ALWAYS;
        }
        byRange = reader.encoding() == Encoding.DICTIONARY && !predicate.trueAfter(highCode);
        return byRange ? PACKED : CODES;
    }

    @Override
    void and(int vector, int rows, long[] bits) {
        ColumnReader reader = column;
        if (byRange && reader != null) {
            reader.andCodeRange(vector, lowCode, highCode, bits);
            reader.andValid(vector, bits);
            return;
        }
        int count = mayFail ? rows : Bits.count(bits);
        if (count * 4 < rows) {
            andSelected(vector, bits);
            return;
        }
        if (frame.vector() != vector || frame.selected() != null || frame.rows() != rows) {
            frame.beginVector(vector, rows);
        }
        Register result = frame.get(register);
        for (int word = 0; word < Bits.WORDS; word++) {
            bits[word] &= result.truth(word);
        }
    }

    /** Few rows are left: only they are looked at. */
    private void andSelected(int vector, long[] bits) {
        int count = Bits.indices(bits, selected);
        frame.beginSelected(vector, selected, count);
        Register result = frame.get(register);
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            if ((result.truth(i >>> 6) >>> i & 1) == 0) {
                bits[row >>> 6] &= ~(1L << row);
            }
        }
    }
}
