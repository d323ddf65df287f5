package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;

/**
 * The ARITHMETIC family over 64-bit integers and decimals whose result is one: + - * and the signs. Where the bounds of the
 * stripe's values say that nothing can overflow, nothing is checked.
 */
final class LongArithmetic extends Operation {
    private boolean safe;

    LongArithmetic(Op op) {
        super(op);
    }

    private int second() {
        return op.arg(op.args().size() - 1);
    }

    @Override
    void bound(Frame frame) {
        Interval interval = Interval.of(op.primitive(), frame.bounds(op.arg(0)), frame.bounds(second()));
        out.unbounded();
        safe = interval != null && interval.within(out.min, out.max);
        if (interval != null) {
            out.bounds(Math.max(out.min, interval.min()), Math.min(out.max, interval.max()));
            if (out.min > out.max) {
                out.unbounded();
            }
        }
    }

    @Override
    boolean isSafe() {
        return safe;
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(0));
        Register right = frame.in(second());
        int rows = frame.rows();
        out.nullsOf(left, right);
        LongMath.compute(op.primitive(), left, right, rows, out.longs);
        if (!safe && suspect(left, right, rows) < 0) {
            inspect(frame, left, right);
        }
    }

    private long suspect(Register left, Register right, int rows) {
        long min = out.type.minLong();
        long max = out.type.maxLong();
        return switch (op.primitive()) {
            case ADD -> LongMath.checkSums(left.longs, right.longs, out.longs, rows, min, max);
            case SUBTRACT -> LongMath.checkDifferences(left.longs, right.longs, out.longs, rows, min, max);
            case MULTIPLY -> LongMath.checkProducts(left.longs, right.longs, out.longs, rows, min, max);
            // The least long is its own negation.
            default ->
                LongMath.checkBounds(left.longs, rows, -max, max) | LongMath.checkBounds(out.longs, rows, min, max);
        };
    }

    /** Looks row by row: a row that needs a result and has none fails, another gets a zero. */
    private void inspect(Frame frame, Register left, Register right) {
        long[] active = active(frame);
        for (int row = 0; row < frame.rows(); row++) {
            if (fits(left.longs[row], right.longs[row])) {
                continue;
            }
            if (Bits.get(active, row) && !out.isNull(row)) {
                throw switch (op.primitive()) {
                    case NEGATE -> Errors.outOfRange("-(" + Errors.text(left, row) + ")", out.type);
                    case ABS -> Errors.outOfRange("abs(" + Errors.text(left, row) + ")", out.type);
                    default -> Errors.binary(op.primitive(), left, right, row, out.type);
                };
            }
            out.longs[row] = Math.clamp(0L, out.min, out.max);
        }
    }

    private boolean fits(long x, long y) {
        long value;
        boolean exact;
        switch (op.primitive()) {
            case ADD -> {
                value = x + y;
                exact = ((x ^ value) & (y ^ value)) >= 0;
            }
            case SUBTRACT -> {
                value = x - y;
                exact = ((x ^ y) & (x ^ value)) >= 0;
            }
            case MULTIPLY -> {
                value = x * y;
                exact = Math.multiplyHigh(x, y) == value >> 63;
            }
            case NEGATE -> {
                value = -x;
                exact = x != Long.MIN_VALUE;
            }
            case ABS -> {
                value = Math.abs(x);
                exact = x != Long.MIN_VALUE;
            }
            default -> throw new IllegalArgumentException(op.primitive() + " is not arithmetic of longs");
        }
        return exact && value >= out.type.minLong() && value <= out.type.maxLong();
    }
}
