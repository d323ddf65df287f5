package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** LIKE and ILIKE. */
final class Like extends TextPredicate {
    private final @Nullable LikeMatcher matcher;
    private final @Nullable TextCase lower;
    /** The text in lower case. */
    private byte[] mapped = new byte[0];

    private Like(Op op, DataType text, @Nullable LikeMatcher matcher, boolean ignoreCase) {
        super(
                op,
                text,
                matcher != null,
                matcher == null ? RequiredTexts.NONE : required(matcher, ignoreCase),
                matcher == null || ignoreCase ? null : matcher.ends(),
                matcher != null && matcher.isContains() && !ignoreCase);
        this.matcher = matcher;
        this.lower = ignoreCase ? new TextCase(false) : null;
    }

    /** Each literal of the pattern, as a whole or what can be searched for of it in any case. */
    private static RequiredTexts required(LikeMatcher matcher, boolean ignoreCase) {
        return new RequiredTexts(matcher.literals().stream()
                .flatMap(literal -> ignoreCase ? Needle.ofLowerCase(literal).stream() : Stream.of(Needle.of(literal)))
                .map(List::of)
                .toList());
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
        int room = TextCase.room(to - from);
        if (mapped.length < room) {
            mapped = new byte[(int) Math.min(Integer.MAX_VALUE - 16, 2L * room)];
        }
        return pattern.matches(mapped, 0, mapping.map(data, from, to - from, mapped, 0));
    }
}
