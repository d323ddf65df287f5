package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** LIKE and ILIKE, the pattern parsed once an execution. */
final class Like extends Operation {
    private final @Nullable LikeMatcher matcher;
    private final @Nullable TextCase lower;

    Like(Op op, Argument.Pattern argument) {
        super(op);
        boolean ignoreCase = op.primitive() == Primitive.ILIKE;
        this.matcher = argument.pattern() == null || argument.escape() == null
                ? null
                : LikeMatcher.parse(argument.pattern(), argument.escape(), ignoreCase);
        this.lower = ignoreCase ? new TextCase(false) : null;
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
            if (!out.isNull(row) && matches(matcher, text.data, text.starts[row], text.lengths[row])) {
                Bits.set(out.bits, row);
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
