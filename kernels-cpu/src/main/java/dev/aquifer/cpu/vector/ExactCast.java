package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** CAST among integers and decimals: a change of scale, and a check of the range where the stripe's bounds do not settle it. */
final class ExactCast extends Operation {
    private final DataType from;
    /** Digits after the point that are gained, or lost where negative. */
    private final int up;

    private boolean safe;
    /** Whether digits are lost, from values that {@link FloatDivision} can take. */
    private boolean byVector;

    ExactCast(Op op, DataType from) {
        super(op);
        this.from = from;
        this.up = op.type().scale() - from.scale();
    }

    @Override
    void bound(Frame frame) {
        Register arg = frame.bounds(op.arg(0));
        out.unbounded();
        safe = false;
        if (!arg.narrow || Math.abs(up) > DataType.MAX_LONG_PRECISION) {
            return;
        }
        long factor = PowersOfTen.asLong(Math.abs(up));
        long min = up < 0 ? rounded(arg.min, factor) : arg.min * factor;
        long max = up < 0 ? rounded(arg.max, factor) : arg.max * factor;
        boolean exact = up <= 0
                || Math.multiplyHigh(arg.min, factor) == min >> 63 && Math.multiplyHigh(arg.max, factor) == max >> 63;
        boolean fits = out.physical == Physical.INT128
                ? Exact.fits(out, BigInteger.valueOf(min)) && Exact.fits(out, BigInteger.valueOf(max))
                : min >= out.type.minLong() && max <= out.type.maxLong();
        if (exact && fits) {
            safe = true;
            byVector = up < 0
                    && factor < FloatDivision.LIMIT
                    && arg.min > -FloatDivision.LIMIT
                    && arg.max < FloatDivision.LIMIT;
            out.bounds(min, max);
        }
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        int rows = frame.rows();
        out.nullsOf(arg);
        if (!safe) {
            inspect(frame, arg);
        } else if (up == 0) {
            System.arraycopy(arg.longs, 0, out.longs, 0, rows);
        } else if (up > 0) {
            LongMath.multiply(arg.longs, PowersOfTen.asLong(up), rows, out.longs);
        } else if (byVector) {
            FloatDivision.divide(arg.longs, 1, PowersOfTen.asLong(-up), rows, FloatDivision.Part.ROUNDED, out.longs);
        } else {
            long divisor = PowersOfTen.asLong(-up);
            for (int row = 0; row < rows; row++) {
                out.longs[row] = rounded(arg.longs[row], divisor);
            }
        }
    }

    /** A quotient by a power of ten, rounded half away from zero. */
    private static long rounded(long value, long divisor) {
        long quotient = value / divisor;
        long rest = value % divisor;
        long half = divisor / 2;
        return divisor > 1 && (rest >= half || rest <= -half) ? quotient + (value < 0 ? -1 : 1) : quotient;
    }

    private void inspect(Frame frame, Register arg) {
        long[] active = active(frame);
        boolean longs = arg.narrow && out.physical == Physical.LONG && Math.abs(up) <= DataType.MAX_LONG_PRECISION;
        long factor = longs ? PowersOfTen.asLong(Math.abs(up)) : 1;
        for (int row = 0; row < frame.rows(); row++) {
            if (longs) {
                long value = arg.longs[row];
                long cast = up < 0 ? rounded(value, factor) : value * factor;
                boolean exact = up <= 0 || Math.multiplyHigh(value, factor) == cast >> 63;
                if (exact && cast >= out.type.minLong() && cast <= out.type.maxLong()) {
                    out.longs[row] = cast;
                    continue;
                }
            }
            exact(active, arg, row);
        }
    }

    private void exact(long[] active, Register arg, int row) {
        BigInteger value = Exact.unscaled(arg, row);
        BigInteger cast = up == 0
                ? value
                : new BigDecimal(value, from.scale())
                        .setScale(out.type.scale(), RoundingMode.HALF_UP)
                        .unscaledValue();
        if (!Exact.fits(out, cast)) {
            if (Bits.get(active, row) && !out.isNull(row)) {
                throw Errors.outOfRange(Errors.text(arg, row), out.type);
            }
            cast = BigInteger.ZERO;
        }
        Exact.put(out, row, cast);
    }
}
