package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import java.util.Arrays;

/** The LOGIC family: SQL's three values, 64 rows at a time. */
final class Logic extends Operation {
    private final long[] validity = new long[Bits.WORDS];

    Logic(Op op) {
        super(op);
    }

    @Override
    void run(Frame frame) {
        ColumnReader column = frame.loaded(op.arg(0));
        boolean nullTest = op.primitive() == Primitive.IS_NULL || op.primitive() == Primitive.IS_NOT_NULL;
        if (nullTest && column != null && column.hasPlainTexts()) {
            // Whether texts are null can be told without copying them.
            nullsOfTexts(frame, column);
            return;
        }
        Register arg = frame.in(op.arg(0));
        switch (op.primitive()) {
            case AND -> and(arg, frame.in(op.arg(1)));
            case OR -> or(arg, frame.in(op.arg(1)));
            case NOT -> {
                out.nullsOf(arg);
                for (int word = 0; word < Bits.WORDS; word++) {
                    out.bits[word] = ~arg.bits[word];
                }
            }
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> test(arg);
            default -> throw new IllegalArgumentException(op.primitive() + " is not logic");
        }
    }

    /** No predicate over distinct values sets such a column: it has none. */
    private void nullsOfTexts(Frame frame, ColumnReader column) {
        int[] selected = frame.selected();
        Arrays.fill(validity, -1L);
        column.andValid(frame.vector(), validity);
        if (selected == null) {
            System.arraycopy(validity, 0, out.bits, 0, Bits.WORDS);
        } else {
            Bits.gather(validity, selected, frame.rows(), out.bits);
        }
        if (op.primitive() == Primitive.IS_NULL) {
            Bits.not(out.bits);
        }
        out.hasNulls = false;
    }

    private void test(Register arg) {
        out.hasNulls = false;
        for (int word = 0; word < Bits.WORDS; word++) {
            long valid = arg.hasNulls ? arg.valid[word] : -1L;
            out.bits[word] = switch (op.primitive()) {
                case IS_NULL -> ~valid;
                case IS_NOT_NULL -> valid;
                case IS_TRUE -> arg.bits[word] & valid;
                case IS_NOT_TRUE -> ~(arg.bits[word] & valid);
                case IS_FALSE -> ~arg.bits[word] & valid;
                case IS_NOT_FALSE -> ~(~arg.bits[word] & valid);
                default -> throw new IllegalArgumentException(op.primitive() + " is not a test");
            };
        }
    }

    private void and(Register left, Register right) {
        out.hasNulls = left.hasNulls || right.hasNulls;
        for (int word = 0; word < Bits.WORDS; word++) {
            out.bits[word] = left.bits[word] & right.bits[word];
        }
        if (out.hasNulls) {
            // A false decides alone, whatever the other side is.
            for (int word = 0; word < Bits.WORDS; word++) {
                long leftValid = left.hasNulls ? left.valid[word] : -1L;
                long rightValid = right.hasNulls ? right.valid[word] : -1L;
                long isFalse = leftValid & ~left.bits[word] | rightValid & ~right.bits[word];
                out.valid[word] = leftValid & rightValid | isFalse;
                out.bits[word] &= ~isFalse;
            }
        }
    }

    private void or(Register left, Register right) {
        out.hasNulls = left.hasNulls || right.hasNulls;
        for (int word = 0; word < Bits.WORDS; word++) {
            out.bits[word] = left.bits[word] | right.bits[word];
        }
        if (out.hasNulls) {
            for (int word = 0; word < Bits.WORDS; word++) {
                long leftValid = left.hasNulls ? left.valid[word] : -1L;
                long rightValid = right.hasNulls ? right.valid[word] : -1L;
                long isTrue = leftValid & left.bits[word] | rightValid & right.bits[word];
                out.valid[word] = leftValid & rightValid | isTrue;
                out.bits[word] = isTrue;
            }
        }
    }
}
