package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** SIMILAR TO and regular expressions, the pattern parsed once an execution. */
final class PatternSearch extends Operation {
    private final @Nullable CandidateMatcher matcher;

    private PatternSearch(Op op, @Nullable Regex regex) {
        super(op);
        this.matcher = regex == null ? null : new CandidateMatcher(regex);
    }

    static PatternSearch of(Op op, Argument.Pattern similar) {
        Bytes pattern = similar.pattern();
        Bytes escape = similar.escape();
        return new PatternSearch(op, pattern == null || escape == null ? null : Regex.similarTo(pattern, escape));
    }

    static PatternSearch of(Op op, Argument.Expression expression) {
        Bytes pattern = expression.pattern();
        Bytes flags = expression.flags();
        return new PatternSearch(op, pattern == null || flags == null ? null : Regex.search(pattern, flags));
    }

    @Override
    void run(Frame frame) {
        Register text = frame.in(op.arg(0));
        Arrays.fill(out.bits, 0L);
        if (matcher == null) {
            out.allNull();
            return;
        }
        out.nullsOf(text);
        for (int row = 0; row < frame.rows(); row++) {
            int from = text.starts[row];
            if (!out.isNull(row) && matcher.matches(text.data, from, from + text.lengths[row])) {
                Bits.set(out.bits, row);
            }
        }
    }
}
