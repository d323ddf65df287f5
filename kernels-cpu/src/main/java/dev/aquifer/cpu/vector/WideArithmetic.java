package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The ARITHMETIC family where a 128-bit decimal takes part: + - * and the signs. Most such values fit 64 bits, and the bounds of
 * a stripe say so: then this is arithmetic of longs that cannot overflow.
 */
final class WideArithmetic extends Operation {
    private final boolean rescales;
    private final BigInteger limit;
    /** Whether both arguments are 64-bit numbers in the stripe. */
    private boolean narrowArguments;

    /** @param rescales whether the exact result has more digits after the point than the type, which rounds it */
    WideArithmetic(Op op, boolean rescales) {
        super(op);
        this.rescales = rescales;
        this.limit = op.type().maxUnscaled();
    }

    private int second() {
        return op.arg(op.args().size() - 1);
    }

    @Override
    void bound(Frame frame) {
        out.unbounded();
        Register left = frame.bounds(op.arg(0));
        Register right = frame.bounds(second());
        narrowArguments = left.narrow && right.narrow;
        Interval interval = rescales ? null : Interval.of(op.primitive(), left, right);
        if (interval != null && out.physical == Physical.INT128) {
            out.bounds(interval.min(), interval.max());
        }
    }

    /** Narrow results and {@link #widen} look at no row. */
    @Override
    boolean isSafe() {
        return !rescales && out.physical == Physical.INT128 && (out.narrow || narrowArguments);
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(0));
        Register right = frame.in(second());
        int rows = frame.rows();
        out.nullsOf(left, right);
        if (rescales || out.physical == Physical.LONG) {
            exact(frame, left, right);
        } else if (out.narrow) {
            LongMath.compute(op.primitive(), left, right, rows, out.longs);
        } else if (left.narrow && right.narrow) {
            widen(left, right, rows);
        } else {
            wide(frame, left, right);
        }
    }

    /** Two 64-bit arguments: the result fits 128 bits, and any type of as many digits. */
    private void widen(Register left, Register right, int rows) {
        long[] lows = out.longs;
        long[] highs = out.highs;
        for (int row = 0; row < rows; row++) {
            long x = left.longs[row];
            long y = right.longs[row];
            switch (op.primitive()) {
                case ADD -> {
                    lows[row] = x + y;
                    highs[row] = (x >> 63) + (y >> 63) + (Long.compareUnsigned(x + y, x) < 0 ? 1 : 0);
                }
                case SUBTRACT -> {
                    lows[row] = x - y;
                    highs[row] = (x >> 63) - (y >> 63) - (Long.compareUnsigned(x, y) < 0 ? 1 : 0);
                }
                case MULTIPLY -> {
                    lows[row] = x * y;
                    highs[row] = Math.multiplyHigh(x, y);
                }
                case NEGATE -> {
                    lows[row] = -x;
                    highs[row] = x > 0 ? -1 : 0;
                }
                case ABS -> {
                    lows[row] = Math.abs(x);
                    highs[row] = 0;
                }
                default -> throw new IllegalArgumentException(op.primitive() + " is not wide arithmetic");
            }
        }
    }

    private void wide(Frame frame, Register left, Register right) {
        long limitLow = limit.longValue();
        long limitHigh = Int128.high(limit);
        for (int row = 0; row < frame.rows(); row++) {
            long xLow = left.longs[row];
            long xHigh = left.high(row);
            long yLow = right.longs[row];
            long yHigh = right.high(row);
            long low;
            long high;
            boolean wrapped = false;
            switch (op.primitive()) {
                case ADD -> {
                    low = xLow + yLow;
                    high = xHigh + yHigh + (Long.compareUnsigned(low, xLow) < 0 ? 1 : 0);
                    wrapped = ((xHigh ^ high) & (yHigh ^ high)) < 0;
                }
                case SUBTRACT -> {
                    low = xLow - yLow;
                    high = xHigh - yHigh - (Long.compareUnsigned(xLow, yLow) < 0 ? 1 : 0);
                    wrapped = ((xHigh ^ yHigh) & (xHigh ^ high)) < 0;
                }
                case MULTIPLY -> {
                    if (xHigh == xLow >> 63 && yHigh == yLow >> 63) {
                        low = xLow * yLow;
                        high = Math.multiplyHigh(xLow, yLow);
                    } else {
                        BigInteger product =
                                Int128.toBigInteger(xLow, xHigh).multiply(Int128.toBigInteger(yLow, yHigh));
                        wrapped = !Int128.fits(product);
                        low = product.longValue();
                        high = wrapped ? 0 : Int128.high(product);
                    }
                }
                case NEGATE, ABS -> {
                    boolean flip = op.primitive() == Primitive.NEGATE || xHigh < 0;
                    low = flip ? -xLow : xLow;
                    high = flip ? ~xHigh + (xLow == 0 ? 1 : 0) : xHigh;
                }
                default -> throw new IllegalArgumentException(op.primitive() + " is not wide arithmetic");
            }
            out.longs[row] = low;
            out.highs[row] = high;
            if (wrapped || above(low, high, limitLow, limitHigh)) {
                failIfActive(frame, left, right, row);
                out.longs[row] = 0;
                out.highs[row] = 0;
            }
        }
    }

    /** Whether a magnitude is above a limit. */
    private static boolean above(long low, long high, long limitLow, long limitHigh) {
        long magnitudeLow = high < 0 ? -low : low;
        long magnitudeHigh = high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
        return magnitudeHigh > limitHigh
                || magnitudeHigh == limitHigh && Long.compareUnsigned(magnitudeLow, limitLow) > 0;
    }

    private void failIfActive(Frame frame, Register left, Register right, int row) {
        if (Bits.get(active(frame), row) && !out.isNull(row)) {
            throw Errors.binary(op.primitive(), left, right, row, out.type);
        }
    }

    /** Any scales: exact, then rounded to the type's. */
    private void exact(Frame frame, Register left, Register right) {
        for (int row = 0; row < frame.rows(); row++) {
            BigDecimal x = value(left, row);
            BigDecimal y = value(right, row);
            BigDecimal exact = switch (op.primitive()) {
                case ADD -> x.add(y);
                case SUBTRACT -> x.subtract(y);
                case MULTIPLY -> x.multiply(y);
                case NEGATE -> x.negate();
                case ABS -> x.abs();
                default -> throw new IllegalArgumentException(op.primitive() + " is not wide arithmetic");
            };
            BigInteger unscaled =
                    exact.setScale(out.type.scale(), RoundingMode.HALF_UP).unscaledValue();
            if (unscaled.abs().compareTo(limit) > 0) {
                failIfActive(frame, left, right, row);
                unscaled = BigInteger.ZERO;
            }
            Exact.put(out, row, unscaled);
        }
    }

    private static BigDecimal value(Register register, int row) {
        return new BigDecimal(Exact.unscaled(register, row), register.type.scale());
    }
}
