package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.DOUBLES;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.TypeKind;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The ARITHMETIC family over floats. Results of FLOAT32 are rounded to it: for binary32 arguments, rounding the binary64
 * result once more gives the correctly rounded binary32 result. A result that is not finite makes the vector suspect.
 */
final class FloatArithmetic extends Operation {
    private final boolean single;

    FloatArithmetic(Op op) {
        super(op);
        this.single = op.type().kind() == TypeKind.FLOAT32;
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(0));
        Register right = frame.in(op.arg(op.args().size() - 1));
        int rows = frame.rows();
        out.nullsOf(left, right);
        switch (op.primitive()) {
            case ADD -> add(left.doubles, right.doubles, rows);
            case SUBTRACT -> subtract(left.doubles, right.doubles, rows);
            case MULTIPLY -> multiply(left.doubles, right.doubles, rows);
            case DIVIDE -> divide(left.doubles, right.doubles, rows);
            case MODULO -> {
                for (int row = 0; row < rows; row++) {
                    out.doubles[row] = left.doubles[row] % right.doubles[row];
                }
            }
            case NEGATE -> {
                for (int row = 0; row < rows; row++) {
                    out.doubles[row] = -left.doubles[row];
                }
                return;
            }
            case ABS -> {
                for (int row = 0; row < rows; row++) {
                    out.doubles[row] = Math.abs(left.doubles[row]);
                }
                return;
            }
            default -> throw new IllegalArgumentException(op.primitive() + " is not arithmetic of floats");
        }
        if (single) {
            for (int row = 0; row < rows; row++) {
                out.doubles[row] = (float) out.doubles[row];
            }
        }
        // Nothing divided by zero is finite either.
        if (!finite(out.doubles, rows)) {
            inspect(frame, left, right);
        }
    }

    private void add(double[] left, double[] right, int rows) {
        for (int row = 0; row < rows; row += DOUBLES.length()) {
            DoubleVector.fromArray(DOUBLES, left, row)
                    .add(DoubleVector.fromArray(DOUBLES, right, row))
                    .intoArray(out.doubles, row);
        }
    }

    private void subtract(double[] left, double[] right, int rows) {
        for (int row = 0; row < rows; row += DOUBLES.length()) {
            DoubleVector.fromArray(DOUBLES, left, row)
                    .sub(DoubleVector.fromArray(DOUBLES, right, row))
                    .intoArray(out.doubles, row);
        }
    }

    private void multiply(double[] left, double[] right, int rows) {
        for (int row = 0; row < rows; row += DOUBLES.length()) {
            DoubleVector.fromArray(DOUBLES, left, row)
                    .mul(DoubleVector.fromArray(DOUBLES, right, row))
                    .intoArray(out.doubles, row);
        }
    }

    private void divide(double[] left, double[] right, int rows) {
        for (int row = 0; row < rows; row += DOUBLES.length()) {
            DoubleVector.fromArray(DOUBLES, left, row)
                    .div(DoubleVector.fromArray(DOUBLES, right, row))
                    .intoArray(out.doubles, row);
        }
    }

    private static boolean finite(double[] values, int rows) {
        int whole = DOUBLES.loopBound(rows);
        VectorMask<Double> all = DOUBLES.maskAll(true);
        for (int row = 0; row < whole; row += DOUBLES.length()) {
            all = all.and(DoubleVector.fromArray(DOUBLES, values, row).test(VectorOperators.IS_FINITE));
        }
        boolean finite = all.allTrue();
        for (int row = whole; row < rows; row++) {
            finite &= Double.isFinite(values[row]);
        }
        return finite;
    }

    /** Infinity from finite arguments fails, and so does division by zero of anything but NaN. */
    private void inspect(Frame frame, Register left, Register right) {
        long[] active = active(frame);
        boolean divides = op.primitive() == Primitive.DIVIDE || op.primitive() == Primitive.MODULO;
        for (int row = 0; row < frame.rows(); row++) {
            if (!Bits.get(active, row) || out.isNull(row)) {
                continue;
            }
            double x = left.doubles[row];
            double y = right.doubles[row];
            if (divides && y == 0 && !Double.isNaN(x)) {
                throw Errors.divisionByZero();
            }
            if (Double.isInfinite(out.doubles[row]) && Double.isFinite(x) && Double.isFinite(y)) {
                throw Errors.binary(op.primitive(), left, right, row, out.type);
            }
        }
    }
}
