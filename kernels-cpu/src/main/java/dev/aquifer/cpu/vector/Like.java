package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIKE and ILIKE. */
final class Like extends TextPredicate {
    private final @Nullable LikeMatcher matcher;
    private final @Nullable TextCase lower;

    private Like(Op op, DataType text, @Nullable LikeMatcher matcher, boolean ignoreCase) {
        super(
                op,
                text,
                matcher != null,
                // Letters of either case are not the same bytes.
                matcher == null || ignoreCase || matcher.literals().isEmpty()
                        ? List.of()
                        : List.of(new TextSearch(matcher.literals())),
                matcher != null && matcher.isContains());
        this.matcher = matcher;
        this.lower = ignoreCase ? new TextCase(false) : null;
    }

    static Like of(Op op, Argument.Pattern argument, DataType text) {
        boolean ignoreCase = op.primitive() == Primitive.ILIKE;
        LikeMatcher matcher = argument.pattern() == null || argument.escape() == null
                ? null
                : LikeMatcher.parse(argument.pattern(), argument.escape(), ignoreCase);
        return new Like(op, text, matcher, ignoreCase);
    }

    @Override
    boolean matches(byte[] data, int from, int to) {
        LikeMatcher pattern = matcher;
        if (pattern == null) {
            throw new IllegalStateException("no pattern");
        }
        TextCase mapping = lower;
        if (mapping == null) {
            return pattern.matches(data, from, to);
        }
        int mapped = mapping.map(data, from, to - from);
        return pattern.matches(mapping.mapped(), 0, mapped);
    }
}
