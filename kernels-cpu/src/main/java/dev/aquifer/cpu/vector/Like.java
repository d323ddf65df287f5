package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and ILIKE, the pattern parsed once an execution. Where the texts of a whole vector lie in a block as they are, they are
 * searched there for something that every match contains, and only those that have it are looked at one by one.
 */
final class Like extends Operation {
    private final @Nullable LikeMatcher matcher;
    private final @Nullable TextCase lower;
    private final @Nullable TextSearch search;
    private final int[] candidates = new int[Stripes.VECTOR_ROWS];
    private final Register candidate;

    Like(Op op, Argument.Pattern argument, DataType text) {
        super(op);
        boolean ignoreCase = op.primitive() == Primitive.ILIKE;
        LikeMatcher pattern = argument.pattern() == null || argument.escape() == null
                ? null
                : LikeMatcher.parse(argument.pattern(), argument.escape(), ignoreCase);
        this.matcher = pattern;
        this.lower = ignoreCase ? new TextCase(false) : null;
        // Letters of either case are not the same bytes.
        this.search = pattern == null || ignoreCase || pattern.literals().isEmpty()
                ? null
                : new TextSearch(pattern.literals());
        this.candidate = new Register(text, search == null ? 0 : Stripes.VECTOR_ROWS);
    }

    @Override
    void account(MemoryReservation memory) {
        super.account(memory);
        candidate.account(memory);
    }

    @Override
    void run(Frame frame) {
        LikeMatcher pattern = matcher;
        Arrays.fill(out.bits, 0L);
        if (pattern == null) {
            out.allNull();
            return;
        }
        TextSearch literals = search;
        ColumnReader column = frame.loaded(op.arg(0));
        if (literals != null && column != null && frame.selected() == null && column.hasPlainTexts()) {
            search(pattern, literals, column, frame.vector());
            return;
        }
        Register text = frame.in(op.arg(0));
        out.nullsOf(text);
        for (int row = 0; row < frame.rows(); row++) {
            if (!out.isNull(row) && matches(pattern, text.data, text.starts[row], text.lengths[row])) {
                Bits.set(out.bits, row);
            }
        }
    }

    private void search(LikeMatcher pattern, TextSearch literals, ColumnReader column, int vector) {
        column.nulls(vector, out);
        column.search(literals, vector, out.bits);
        if (pattern.isContains()) {
            return;
        }
        int count = Bits.indices(out.bits, candidates);
        column.gather(vector, candidates, count, candidate);
        for (int i = 0; i < count; i++) {
            int row = candidates[i];
            if (!pattern.matches(candidate.data, candidate.starts[i], candidate.starts[i] + candidate.lengths[i])) {
                out.bits[row >>> 6] &= ~(1L << row);
            }
        }
    }

    private boolean matches(LikeMatcher pattern, byte[] data, int from, int length) {
        TextCase mapping = lower;
        if (mapping == null) {
            return pattern.matches(data, from, from + length);
        }
        int mapped = mapping.map(data, from, length);
        return pattern.matches(mapping.mapped(), 0, mapped);
    }
}
