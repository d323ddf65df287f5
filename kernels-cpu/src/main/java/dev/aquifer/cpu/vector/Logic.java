package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;

/** The LOGIC family: SQL's three values, 64 rows at a time. */
final class Logic extends Operation {
    Logic(Op op) {
        super(op);
    }

    @Override
    void run(Frame frame) {
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
