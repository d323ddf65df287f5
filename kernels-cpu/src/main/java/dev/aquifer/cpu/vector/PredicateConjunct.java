package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.block.Stripes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Any condition: looked up by code where it depends on one column whose block has codes, else computed. */
final class PredicateConjunct extends Conjunct {
    /** Codes that pass are compared run by run where there are at most so many runs. */
    private static final int MOST_RUNS = 8;

    private final Frame frame;
    private final int register;
    private final @Nullable CodedPredicate coded;
    private final @Nullable ColumnReader column;
    private final boolean readsText;
    private final boolean mayFail;
    /** The codes that pass, as runs: first and last of each; null where they are looked up one by one. */
    private int @Nullable [] runs;

    private final long[] inRun = new long[Bits.WORDS];
    private final long[] found = new long[Bits.WORDS];
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
        runs = null;
        CodedPredicate predicate = coded;
        ColumnReader reader = column;
        if (predicate == null || reader == null || !predicate.applies(true)) {
            return readsText ? TEXT : COMPUTED;
        }
        if (predicate.nullIsTrue()) {
            return CODES;
        }
        int[] passing = predicate.runs(MOST_RUNS);
        if (passing == null) {
            return CODES;
        }
        if (passing.length == 0 || reader.nulls() == reader.block().rows()) {
            return NEVER;
        }
        if (passing[0] == 0 && passing[1] == reader.distinctCount() - 1 && reader.nulls() == 0) {
            return ALWAYS;
        }
        if (reader.encoding() != Encoding.DICTIONARY) {
            return CODES;
        }
        runs = passing;
        return PACKED * passing.length / 2;
    }

    @Override
    void and(int vector, int rows, long[] bits) {
        ColumnReader reader = column;
        int[] passing = runs;
        if (passing != null && reader != null) {
            andRuns(reader, vector, passing, bits);
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

    private void andRuns(ColumnReader reader, int vector, int[] passing, long[] bits) {
        if (passing.length == 2) {
            reader.andCodeRange(vector, passing[0], passing[1], bits);
            return;
        }
        Arrays.fill(found, 0L);
        for (int run = 0; run < passing.length; run += 2) {
            System.arraycopy(bits, 0, inRun, 0, Bits.WORDS);
            reader.andCodeRange(vector, passing[run], passing[run + 1], inRun);
            for (int word = 0; word < Bits.WORDS; word++) {
                found[word] |= inRun[word];
            }
        }
        System.arraycopy(found, 0, bits, 0, Bits.WORDS);
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
