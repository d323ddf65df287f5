package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** SIMILAR TO and regular expressions. */
final class PatternSearch extends TextPredicate {
    private final @Nullable CandidateMatcher matcher;

    private PatternSearch(Op op, DataType text, @Nullable CandidateMatcher matcher) {
        super(
                op,
                text,
                matcher != null,
                matcher == null ? RequiredTexts.NONE : matcher.required(),
                null,
                matcher != null && matcher.decides());
        this.matcher = matcher;
    }

    static PatternSearch of(Op op, Argument.Pattern similar, DataType text) {
        Bytes pattern = similar.pattern();
        Bytes escape = similar.escape();
        return of(op, text, pattern == null || escape == null ? null : Regex.similarTo(pattern, escape));
    }

    static PatternSearch of(Op op, Argument.Expression expression, DataType text) {
        Bytes pattern = expression.pattern();
        Bytes flags = expression.flags();
        return of(op, text, pattern == null || flags == null ? null : Regex.search(pattern, flags));
    }

    private static PatternSearch of(Op op, DataType text, @Nullable Regex regex) {
        return new PatternSearch(op, text, regex == null ? null : new CandidateMatcher(regex));
    }

    @Override
    boolean matches(byte[] data, int from, int to) {
        CandidateMatcher pattern = matcher;
        if (pattern == null) {
            throw new IllegalStateException("no pattern");
        }
        return pattern.matches(data, from, to);
    }
}
