package dev.aquifer.cpu.vector;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** ROUND, FLOOR, CEIL and SQRT of floats. */
final class FloatRounding extends Operation {
    /** More digits than this, either way, are past every float. */
    private static final int MAX_DIGITS = 1_100;

    FloatRounding(Op op) {
        super(op);
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        int rows = frame.rows();
        double[] values = arg.doubles;
        double[] results = out.doubles;
        out.nullsOf(arg);
        switch (op.primitive()) {
            case FLOOR -> {
                for (int row = 0; row < rows; row++) {
                    results[row] = Math.floor(values[row]);
                }
            }
            case CEIL -> {
                for (int row = 0; row < rows; row++) {
                    results[row] = Math.ceil(values[row]);
                }
            }
            case SQRT -> squareRoots(frame, arg);
            case ROUND -> {
                if (op.args().size() == 1) {
                    for (int row = 0; row < rows; row++) {
                        results[row] = Math.rint(values[row]);
                    }
                } else {
                    roundToDigits(frame, arg, frame.in(op.arg(1)));
                }
            }
            default -> throw new IllegalArgumentException(op.primitive() + " does not round");
        }
    }

    private void squareRoots(Frame frame, Register arg) {
        boolean negative = false;
        for (int row = 0; row < frame.rows(); row++) {
            negative |= arg.doubles[row] < 0;
            out.doubles[row] = Math.sqrt(arg.doubles[row]);
        }
        if (!negative) {
            return;
        }
        long[] active = active(frame);
        for (int row = 0; row < frame.rows(); row++) {
            if (arg.doubles[row] < 0 && Bits.get(active, row) && !arg.isNull(row)) {
                throw new AquiferException(
                        ErrorCode.INVALID_ARGUMENT, "square root of the negative number " + Errors.text(arg, row));
            }
        }
    }

    private void roundToDigits(Frame frame, Register arg, Register digits) {
        out.nullsOf(arg, digits);
        long[] active = active(frame);
        for (int row = 0; row < frame.rows(); row++) {
            double value = arg.doubles[row];
            long places = digits.longs[row];
            if (out.isNull(row) || !Bits.get(active, row)) {
                out.doubles[row] = 0;
            } else if (!Double.isFinite(value) || places >= MAX_DIGITS) {
                out.doubles[row] = value;
            } else {
                out.doubles[row] = rounded(arg, row, places);
            }
        }
    }

    /** Half away from zero, of the exact binary value; the sign of a zero stays. */
    private double rounded(Register arg, int row, long places) {
        double value = arg.doubles[row];
        BigDecimal exact = new BigDecimal(value).setScale((int) Math.max(places, -MAX_DIGITS), RoundingMode.HALF_UP);
        double rounded = op.type().kind() == TypeKind.FLOAT32 ? exact.floatValue() : exact.doubleValue();
        if (Double.isInfinite(rounded)) {
            throw Errors.outOfRange("round(" + Errors.text(arg, row) + ", " + places + ")", out.type);
        }
        return Math.copySign(rounded, value);
    }
}
