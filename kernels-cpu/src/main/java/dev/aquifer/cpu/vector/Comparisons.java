package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import java.util.Arrays;

/** The COMPARE family. Every comparison is an equality or a strict order, of the arguments or of them swapped, or its negation. */
final class Comparisons extends Operation {
    private final boolean equality;
    private final boolean swapped;
    private final boolean negated;
    private final boolean nullsAreValues;
    /** Floats as longs in the same order; made when the first floats come. */
    private long[] leftKeys = new long[0];

    private long[] rightKeys = new long[0];

    Comparisons(Op op) {
        super(op);
        Primitive primitive = op.primitive();
        this.nullsAreValues = primitive == Primitive.IS_DISTINCT_FROM || primitive == Primitive.IS_NOT_DISTINCT_FROM;
        this.equality = nullsAreValues || primitive == Primitive.EQUAL || primitive == Primitive.NOT_EQUAL;
        this.swapped = primitive == Primitive.GREATER || primitive == Primitive.LESS_OR_EQUAL;
        this.negated = primitive == Primitive.NOT_EQUAL
                || primitive == Primitive.IS_DISTINCT_FROM
                || primitive == Primitive.LESS_OR_EQUAL
                || primitive == Primitive.GREATER_OR_EQUAL;
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(swapped ? 1 : 0));
        Register right = frame.in(op.arg(swapped ? 0 : 1));
        int rows = frame.rows();
        if (equality) {
            equal(left, right, rows);
        } else {
            less(left, right, rows);
        }
        if (nullsAreValues) {
            nullsAsValues(left, right);
        } else {
            out.nullsOf(left, right);
        }
        if (negated) {
            Bits.not(out.bits);
        }
    }

    /** Two nulls are equal; a null and a value are not. */
    private void nullsAsValues(Register left, Register right) {
        for (int word = 0; word < Bits.WORDS; word++) {
            long leftValid = left.hasNulls ? left.valid[word] : -1L;
            long rightValid = right.hasNulls ? right.valid[word] : -1L;
            out.bits[word] = out.bits[word] & leftValid & rightValid | ~(leftValid | rightValid);
        }
        out.hasNulls = false;
    }

    private void equal(Register left, Register right, int rows) {
        long[] bits = out.bits;
        switch (left.physical) {
            case BOOL -> {
                for (int word = 0; word < Bits.WORDS; word++) {
                    bits[word] = ~(left.bits[word] ^ right.bits[word]);
                }
            }
            case LONG -> equalLongs(left, left.longs, right, right.longs, rows);
            case INT128 -> {
                if (left.narrow && right.narrow) {
                    equalLongs(left, left.longs, right, right.longs, rows);
                } else {
                    equalWide(left, right, rows);
                }
            }
            case DOUBLE -> {
                orderDoubles(left, right, rows);
                equalLongs(left, leftKeys, right, rightKeys, rows);
            }
            case BYTES -> equalBytes(left, right, rows);
        }
    }

    private void equalLongs(Register left, long[] leftValues, Register right, long[] rightValues, int rows) {
        if (right.constant) {
            LongCompare.equal(leftValues, rightValues[0], rows, out.bits);
        } else if (left.constant) {
            LongCompare.equal(rightValues, leftValues[0], rows, out.bits);
        } else {
            LongCompare.equal(leftValues, rightValues, rows, out.bits);
        }
    }

    private void equalWide(Register left, Register right, int rows) {
        Arrays.fill(out.bits, 0L);
        for (int row = 0; row < rows; row++) {
            if (left.longs[row] == right.longs[row] && left.high(row) == right.high(row)) {
                Bits.set(out.bits, row);
            }
        }
    }

    private void equalBytes(Register left, Register right, int rows) {
        Arrays.fill(out.bits, 0L);
        for (int row = 0; row < rows; row++) {
            int length = left.lengths[row];
            int from = left.starts[row];
            int other = right.starts[row];
            if (length == right.lengths[row]
                    && Arrays.equals(left.data, from, from + length, right.data, other, other + length)) {
                Bits.set(out.bits, row);
            }
        }
    }

    private void less(Register left, Register right, int rows) {
        long[] bits = out.bits;
        switch (left.physical) {
            case BOOL -> {
                for (int word = 0; word < Bits.WORDS; word++) {
                    bits[word] = ~left.bits[word] & right.bits[word];
                }
            }
            case LONG -> lessLongs(left, left.longs, right, right.longs, rows);
            case INT128 -> {
                if (left.narrow && right.narrow) {
                    lessLongs(left, left.longs, right, right.longs, rows);
                } else {
                    lessWide(left, right, rows);
                }
            }
            case DOUBLE -> {
                orderDoubles(left, right, rows);
                lessLongs(left, leftKeys, right, rightKeys, rows);
            }
            case BYTES -> lessBytes(left, right, rows);
        }
    }

    private void lessLongs(Register left, long[] leftValues, Register right, long[] rightValues, int rows) {
        if (right.constant) {
            LongCompare.less(leftValues, rightValues[0], rows, out.bits);
        } else if (left.constant) {
            LongCompare.greater(rightValues, leftValues[0], rows, out.bits);
        } else {
            LongCompare.less(leftValues, rightValues, rows, out.bits);
        }
    }

    private void lessWide(Register left, Register right, int rows) {
        Arrays.fill(out.bits, 0L);
        for (int row = 0; row < rows; row++) {
            long leftHigh = left.high(row);
            long rightHigh = right.high(row);
            if (leftHigh < rightHigh
                    || leftHigh == rightHigh && Long.compareUnsigned(left.longs[row], right.longs[row]) < 0) {
                Bits.set(out.bits, row);
            }
        }
    }

    private void lessBytes(Register left, Register right, int rows) {
        Arrays.fill(out.bits, 0L);
        for (int row = 0; row < rows; row++) {
            int from = left.starts[row];
            int other = right.starts[row];
            int order = Arrays.compareUnsigned(
                    left.data, from, from + left.lengths[row], right.data, other, other + right.lengths[row]);
            if (order < 0) {
                Bits.set(out.bits, row);
            }
        }
    }

    private void orderDoubles(Register left, Register right, int rows) {
        if (leftKeys.length == 0) {
            leftKeys = new long[Stripes.VECTOR_ROWS];
            rightKeys = new long[Stripes.VECTOR_ROWS];
        }
        LongCompare.order(left.doubles, rows, leftKeys);
        LongCompare.order(right.doubles, rows, rightKeys);
    }
}
