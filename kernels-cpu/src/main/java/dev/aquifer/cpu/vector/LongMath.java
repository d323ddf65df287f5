package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.LONGS;

import dev.aquifer.spi.primitive.Primitive;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Arithmetic loops over longs, which wrap. Where a result may not fit, {@code check} loops look again at arguments and results
 * and give a negative number if any row is suspect: no branch in the loop, and whoever gets a suspicion looks row by
 * row. The loops also compute past the rows of the frame, to whole vectors.
 */
final class LongMath {
    private LongMath() {}

    /** + - *, a sign or an absolute value; a constant is read once. */
    static void compute(Primitive primitive, Register left, Register right, int rows, long[] out) {
        switch (primitive) {
            case ADD -> {
                if (right.constant) {
                    add(left.longs, right.longs[0], rows, out);
                } else if (left.constant) {
                    add(right.longs, left.longs[0], rows, out);
                } else {
                    add(left.longs, right.longs, rows, out);
                }
            }
            case SUBTRACT -> {
                if (right.constant) {
                    add(left.longs, -right.longs[0], rows, out);
                } else if (left.constant) {
                    subtract(left.longs[0], right.longs, rows, out);
                } else {
                    subtract(left.longs, right.longs, rows, out);
                }
            }
            case MULTIPLY -> {
                if (right.constant) {
                    multiply(left.longs, right.longs[0], rows, out);
                } else if (left.constant) {
                    multiply(right.longs, left.longs[0], rows, out);
                } else {
                    multiply(left.longs, right.longs, rows, out);
                }
            }
            case NEGATE -> negate(left.longs, rows, out);
            case ABS -> abs(left.longs, rows, out);
            default -> throw new IllegalArgumentException(primitive + " is not arithmetic of longs");
        }
    }

    private static void add(long[] left, long[] right, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, left, row)
                    .add(LongVector.fromArray(LONGS, right, row))
                    .intoArray(out, row);
        }
    }

    private static void add(long[] left, long right, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, left, row).add(right).intoArray(out, row);
        }
    }

    private static void subtract(long[] left, long[] right, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, left, row)
                    .sub(LongVector.fromArray(LONGS, right, row))
                    .intoArray(out, row);
        }
    }

    private static void subtract(long left, long[] right, int rows, long[] out) {
        LongVector first = LongVector.broadcast(LONGS, left);
        for (int row = 0; row < rows; row += LONGS.length()) {
            first.sub(LongVector.fromArray(LONGS, right, row)).intoArray(out, row);
        }
    }

    private static void multiply(long[] left, long[] right, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, left, row)
                    .mul(LongVector.fromArray(LONGS, right, row))
                    .intoArray(out, row);
        }
    }

    static void multiply(long[] left, long right, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, left, row).mul(right).intoArray(out, row);
        }
    }

    /** Values times a factor plus a base, in place. */
    static void scale(long[] values, long factor, long base, int rows) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, values, row).mul(factor).add(base).intoArray(values, row);
        }
    }

    private static void negate(long[] arg, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, arg, row).neg().intoArray(out, row);
        }
    }

    private static void abs(long[] arg, int rows, long[] out) {
        for (int row = 0; row < rows; row += LONGS.length()) {
            LongVector.fromArray(LONGS, arg, row).abs().intoArray(out, row);
        }
    }

    /** Negative where a sum has another sign than both terms, or leaves the bounds. */
    static long checkSums(long[] left, long[] right, long[] sums, int rows, long min, long max) {
        LongVector suspect = LongVector.zero(LONGS);
        int whole = LONGS.loopBound(rows);
        for (int row = 0; row < whole; row += LONGS.length()) {
            LongVector sum = LongVector.fromArray(LONGS, sums, row);
            LongVector wrapped = LongVector.fromArray(LONGS, left, row)
                    .lanewise(VectorOperators.XOR, sum)
                    .and(LongVector.fromArray(LONGS, right, row).lanewise(VectorOperators.XOR, sum));
            suspect = suspect.or(wrapped).or(outside(sum, min, max));
        }
        long last = suspect.reduceLanes(VectorOperators.OR);
        for (int row = whole; row < rows; row++) {
            long sum = sums[row];
            last |= (left[row] ^ sum) & (right[row] ^ sum) | outside(sum, min, max);
        }
        return last;
    }

    static long checkDifferences(long[] left, long[] right, long[] differences, int rows, long min, long max) {
        LongVector suspect = LongVector.zero(LONGS);
        int whole = LONGS.loopBound(rows);
        for (int row = 0; row < whole; row += LONGS.length()) {
            LongVector first = LongVector.fromArray(LONGS, left, row);
            LongVector difference = LongVector.fromArray(LONGS, differences, row);
            LongVector wrapped = first.lanewise(VectorOperators.XOR, LongVector.fromArray(LONGS, right, row))
                    .and(first.lanewise(VectorOperators.XOR, difference));
            suspect = suspect.or(wrapped).or(outside(difference, min, max));
        }
        long last = suspect.reduceLanes(VectorOperators.OR);
        for (int row = whole; row < rows; row++) {
            long difference = differences[row];
            last |= (left[row] ^ right[row]) & (left[row] ^ difference) | outside(difference, min, max);
        }
        return last;
    }

    /** Products have no vector form for their upper half; C2 keeps this loop free of branches. */
    static long checkProducts(long[] left, long[] right, long[] products, int rows, long min, long max) {
        long suspect = 0;
        for (int row = 0; row < rows; row++) {
            long product = products[row];
            long difference = Math.multiplyHigh(left[row], right[row]) ^ product >> 63;
            suspect |= difference | -difference | outside(product, min, max);
        }
        return suspect;
    }

    /** Negative where a value leaves bounds. */
    static long checkBounds(long[] values, int rows, long min, long max) {
        LongVector suspect = LongVector.zero(LONGS);
        int whole = LONGS.loopBound(rows);
        for (int row = 0; row < whole; row += LONGS.length()) {
            suspect = suspect.or(outside(LongVector.fromArray(LONGS, values, row), min, max));
        }
        long last = suspect.reduceLanes(VectorOperators.OR);
        for (int row = whole; row < rows; row++) {
            last |= outside(values[row], min, max);
        }
        return last;
    }

    private static LongVector outside(LongVector value, long min, long max) {
        // Not a subtraction: the bounds may be those of a long.
        return LongVector.zero(LONGS)
                .blend(-1L, value.compare(VectorOperators.LT, min).or(value.compare(VectorOperators.GT, max)));
    }

    private static long outside(long value, long min, long max) {
        return value < min || value > max ? -1L : 0L;
    }
}
