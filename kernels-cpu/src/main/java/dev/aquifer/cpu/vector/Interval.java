package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Primitive;
import org.jspecify.annotations.Nullable;

/** Bounds of results, from bounds of arguments. */
record Interval(long min, long max) {
    /** The bounds of a result, or null where it may not fit 64 bits. */
    static @Nullable Interval of(Primitive primitive, Register left, Register right) {
        if (!left.narrow || !right.narrow) {
            return null;
        }
        return switch (primitive) {
            case ADD ->
                wraps(left.min, right.min) || wraps(left.max, right.max)
                        ? null
                        : new Interval(left.min + right.min, left.max + right.max);
            case SUBTRACT ->
                right.min == Long.MIN_VALUE
                                || right.max == Long.MIN_VALUE
                                || wraps(left.min, -right.max)
                                || wraps(left.max, -right.min)
                        ? null
                        : new Interval(left.min - right.max, left.max - right.min);
            case MULTIPLY -> product(left, right);
            case NEGATE -> left.min == Long.MIN_VALUE ? null : new Interval(-left.max, -left.min);
            case ABS ->
                left.min == Long.MIN_VALUE
                        ? null
                        : new Interval(
                                Math.max(0, Math.max(left.min, -left.max)),
                                Math.max(Math.abs(left.min), Math.abs(left.max)));
            default -> null;
        };
    }

    private static @Nullable Interval product(Register left, Register right) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int corner = 0; corner < 4; corner++) {
            long x = (corner & 1) == 0 ? left.min : left.max;
            long y = (corner & 2) == 0 ? right.min : right.max;
            long product = x * y;
            if (Math.multiplyHigh(x, y) != product >> 63) {
                return null;
            }
            min = Math.min(min, product);
            max = Math.max(max, product);
        }
        return new Interval(min, max);
    }

    private static boolean wraps(long x, long y) {
        long sum = x + y;
        return ((x ^ sum) & (y ^ sum)) < 0;
    }

    boolean within(long least, long greatest) {
        return min >= least && max <= greatest;
    }
}
