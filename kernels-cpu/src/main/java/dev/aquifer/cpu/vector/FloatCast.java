package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import dev.aquifer.spi.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** CAST from and to floats. To a decimal, a float goes by its shortest text. */
final class FloatCast extends Operation {
    private static final double TWO_TO_63 = 0x1p63;
    private static final long EXACT_DOUBLE = 1L << 53;
    private static final long EXACT_FLOAT = 1L << 24;
    private static final int FLOAT_POWERS = 10;

    private final DataType from;

    FloatCast(Op op, DataType from) {
        super(op);
        this.from = from;
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        out.nullsOf(arg);
        if (out.physical != Physical.DOUBLE) {
            toExact(frame, arg);
        } else if (from.isFloat()) {
            toFloat(frame, arg);
        } else {
            fromExact(arg, frame.rows());
        }
    }

    private void toFloat(Frame frame, Register arg) {
        boolean single = out.type.kind() == TypeKind.FLOAT32;
        boolean suspect = false;
        for (int row = 0; row < frame.rows(); row++) {
            double value = arg.doubles[row];
            double cast = single ? (float) value : value;
            suspect |= Double.isInfinite(cast) && !Double.isInfinite(value);
            out.doubles[row] = cast;
        }
        if (!suspect) {
            return;
        }
        long[] active = active(frame);
        for (int row = 0; row < frame.rows(); row++) {
            if (Bits.get(active, row)
                    && !out.isNull(row)
                    && Double.isInfinite(out.doubles[row])
                    && !Double.isInfinite(arg.doubles[row])) {
                throw Errors.outOfRange(Errors.text(arg, row), out.type);
            }
        }
    }

    private void fromExact(Register arg, int rows) {
        boolean single = out.type.kind() == TypeKind.FLOAT32;
        int scale = from.scale();
        if (scale == 0 && arg.narrow) {
            for (int row = 0; row < rows; row++) {
                out.doubles[row] = single ? (float) arg.longs[row] : (double) arg.longs[row];
            }
            return;
        }
        // Where both the digits and the power of ten are exact, one division rounds once, as it must.
        boolean small = arg.narrow && scale <= (single ? FLOAT_POWERS : DataType.MAX_LONG_PRECISION);
        long limit = single ? EXACT_FLOAT : EXACT_DOUBLE;
        long power = small ? PowersOfTen.asLong(scale) : 1;
        for (int row = 0; row < rows; row++) {
            long value = arg.longs[row];
            if (small && value < limit && value > -limit) {
                out.doubles[row] = single ? (float) value / (float) power : (double) value / (double) power;
            } else {
                BigDecimal exact = new BigDecimal(Exact.unscaled(arg, row), scale);
                out.doubles[row] = single ? exact.floatValue() : exact.doubleValue();
            }
        }
    }

    private void toExact(Frame frame, Register arg) {
        long[] active = active(frame);
        boolean integer = out.type.isInteger();
        for (int row = 0; row < frame.rows(); row++) {
            if (out.isNull(row) || !Bits.get(active, row)) {
                Exact.put(out, row, BigInteger.ZERO);
                continue;
            }
            double value = arg.doubles[row];
            if (integer) {
                double rounded = Math.rint(value);
                if (rounded >= -TWO_TO_63
                        && rounded < TWO_TO_63
                        && (long) rounded >= out.type.minLong()
                        && (long) rounded <= out.type.maxLong()) {
                    out.longs[row] = (long) rounded;
                    continue;
                }
            } else if (Double.isFinite(value)) {
                BigInteger unscaled = decimal(value);
                if (Exact.fits(out, unscaled)) {
                    Exact.put(out, row, unscaled);
                    continue;
                }
            }
            throw Errors.outOfRange(Errors.text(arg, row), out.type);
        }
    }

    private BigInteger decimal(double value) {
        BigDecimal shortest = new BigDecimal(
                from.kind() == TypeKind.FLOAT32 ? Float.toString((float) value) : Double.toString(value));
        return shortest.setScale(out.type.scale(), RoundingMode.HALF_UP).unscaledValue();
    }
}
