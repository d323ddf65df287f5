package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import java.util.Arrays;

/** The COMPARE family. Every comparison is an equality or a strict order, of the arguments or of them swapped, or its negation. */
final class Comparisons extends Operation {
    private final boolean equality;
    private final boolean swapped;
    private final boolean negated;
    private final boolean nullsAreValues;

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
            case LONG -> equalLongs(left, right, rows);
            case INT128 -> {
                if (left.narrow && right.narrow) {
                    equalLongs(left, right, rows);
                } else {
                    WideCompare.equal(left, right, rows, bits);
                }
            }
            case DOUBLE -> FloatCompare.equal(left.doubles, right.doubles, rows, bits);
            case BYTES -> equalBytes(left, right, rows);
        }
    }

    private void equalLongs(Register left, Register right, int rows) {
        if (right.constant) {
            LongCompare.equal(left.longs, right.longs[0], rows, out.bits);
        } else if (left.constant) {
            LongCompare.equal(right.longs, left.longs[0], rows, out.bits);
        } else {
            LongCompare.equal(left.longs, right.longs, rows, out.bits);
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
            case LONG -> lessLongs(left, right, rows);
            case INT128 -> {
                if (left.narrow && right.narrow) {
                    lessLongs(left, right, rows);
                } else {
                    WideCompare.less(left, right, rows, bits);
                }
            }
            case DOUBLE -> FloatCompare.less(left.doubles, right.doubles, rows, bits);
            case BYTES -> lessBytes(left, right, rows);
        }
    }

    private void lessLongs(Register left, Register right, int rows) {
        if (right.constant) {
            LongCompare.less(left.longs, right.longs[0], rows, out.bits);
        } else if (left.constant) {
            LongCompare.greater(right.longs, left.longs[0], rows, out.bits);
        } else {
            LongCompare.less(left.longs, right.longs, rows, out.bits);
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
}
