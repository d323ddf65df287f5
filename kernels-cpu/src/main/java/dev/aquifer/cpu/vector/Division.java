package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import java.math.BigInteger;

/**
 * DIVIDE and MODULO of integers and decimals. Where the bounds of the stripe's values allow it, whole vectors are divided as
 * doubles, at once or digits by digits. Else it goes one by one over the rows that need a result, as a zero must not be
 * divided by.
 */
final class Division extends Operation {
    private final boolean integers;
    private final FloatDivision.Part part;
    /** The dividend is multiplied by ten to this power first. */
    private final int up;
    /** Of the stripe at hand: no divisor is zero, and all fits {@link FloatDivision}. */
    private boolean byVector;
    /** Of the stripe at hand: the same of {@link FloatLongDivision}. */
    private boolean byDigits;

    private final WideQuotient wide;

    Division(Op op, DataType left, DataType right) {
        super(op);
        this.integers = !op.type().isDecimal();
        this.wide = new WideQuotient(op.type());
        // (x / 10^s1) / (y / 10^s2) at scale s is x * 10^(s - s1 + s2) / y.
        this.up = integers || op.primitive() == Primitive.MODULO ? 0 : op.type().scale() - left.scale() + right.scale();
        this.part = op.primitive() == Primitive.MODULO
                ? FloatDivision.Part.REST
                : integers ? FloatDivision.Part.QUOTIENT : FloatDivision.Part.ROUNDED;
    }

    /**
     * Whether a division by a constant never fails: a rest is less than both numbers, and a quotient of integers no greater than the
     * dividend, but for that of the least integer and -1.
     */
    static boolean isSafe(Op op, Register divisor) {
        if (divisor.isNull(0)) {
            return true;
        }
        boolean exact = divisor.physical == Physical.LONG || divisor.physical == Physical.INT128;
        if (!exact || Exact.unscaled(divisor, 0).signum() == 0) {
            return false;
        }
        boolean negated = Exact.unscaled(divisor, 0).equals(BigInteger.ONE.negate());
        return op.primitive() == Primitive.MODULO || !op.type().isDecimal() && !negated;
    }

    /** Whether every rest of a division by a constant is an integer of a type. */
    static boolean restFits(Register divisor, DataType type) {
        return type.isInteger()
                && divisor.physical == Physical.LONG
                && !divisor.isNull(0)
                && divisor.longs[0] != 0
                && Math.abs(divisor.longs[0]) - 1 <= type.maxLong();
    }

    @Override
    void bound(Frame frame) {
        Register left = frame.bounds(op.arg(0));
        Register right = frame.bounds(op.arg(1));
        out.unbounded();
        byVector = false;
        byDigits = false;
        boolean hasZero = right.min <= 0 && right.max >= 0;
        if (!left.narrow || !right.narrow || hasZero || up < 0 || up > DataType.MAX_LONG_PRECISION) {
            return;
        }
        long factor = PowersOfTen.asLong(up);
        long limit = (FloatDivision.LIMIT - 1) / factor;
        if (!within(right, FloatDivision.LIMIT - 1)) {
            return;
        }
        if (!within(left, limit)) {
            boundDigits(left);
            return;
        }
        long most = Math.max(Math.abs(left.min), Math.abs(left.max)) * factor;
        if (part == FloatDivision.Part.REST) {
            most = Math.min(most, Math.max(Math.abs(right.min), Math.abs(right.max)) - 1);
        }
        // A rest has the dividend's sign, a quotient may have any.
        long min = left.min >= 0 && (part == FloatDivision.Part.REST || right.min > 0) ? 0 : -most;
        long max = left.max <= 0 && part == FloatDivision.Part.REST ? 0 : most;
        if (out.physical == Physical.INT128 || min >= out.type.minLong() && max <= out.type.maxLong()) {
            byVector = true;
            out.bounds(min, max);
        }
    }

    /** Long division, where the dividend fits it, and the type what comes out. */
    private void boundDigits(Register left) {
        if (part != FloatDivision.Part.ROUNDED || up == 0 || !within(left, FloatDivision.LIMIT - 1)) {
            return;
        }
        BigInteger most = BigInteger.valueOf(Math.max(Math.abs(left.min), Math.abs(left.max)))
                .multiply(PowersOfTen.asBigInteger(up));
        byDigits = Exact.fits(out, most);
        if (byDigits && most.bitLength() < 64) {
            out.bounds(-most.longValue(), most.longValue());
        }
    }

    private static boolean within(Register bounds, long limit) {
        return bounds.min >= -limit && bounds.max <= limit;
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(0));
        Register right = frame.in(op.arg(1));
        out.nullsOf(left, right);
        if (byVector) {
            long factor = PowersOfTen.asLong(up);
            if (frame.isConstant(op.arg(1))) {
                FloatDivision.divide(left.longs, factor, right.longs[0], frame.rows(), part, out.longs);
            } else {
                FloatDivision.divide(left.longs, factor, right.longs, frame.rows(), part, out.longs);
            }
            return;
        }
        if (byDigits) {
            FloatLongDivision.divide(left.longs, right.longs, up, frame.rows(), out.narrow, out.longs, out.highs);
            return;
        }
        long[] active = active(frame);
        long least = out.physical == Physical.INT128 ? Long.MIN_VALUE : out.type.minLong();
        long greatest = out.physical == Physical.INT128 ? Long.MAX_VALUE : out.type.maxLong();
        boolean longs = left.narrow && right.narrow && up >= 0 && up <= DataType.MAX_LONG_PRECISION;
        long factor = longs ? PowersOfTen.asLong(up) : 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (out.isNull(row) || !Bits.get(active, row)) {
                put(row, 0);
                continue;
            }
            long x = left.longs[row];
            long y = right.longs[row];
            if (longs && y != 0 && y != -1 && Math.multiplyHigh(x, factor) == x * factor >> 63) {
                long value = op.primitive() == Primitive.MODULO ? x % y : integers ? x / y : rounded(x * factor, y);
                if (value >= least && value <= greatest) {
                    put(row, value);
                    continue;
                }
            } else if (longs && y != 0 && part == FloatDivision.Part.ROUNDED && wide.divide(x, factor, y)) {
                putWide(row);
                continue;
            }
            exact(left, right, row);
        }
    }

    private void put(int row, long value) {
        out.longs[row] = value;
        if (!out.narrow) {
            out.highs[row] = value >> 63;
        }
    }

    private void putWide(int row) {
        out.longs[row] = wide.low();
        if (!out.narrow) {
            out.highs[row] = wide.high();
        }
    }

    /** A quotient, rounded half away from zero. */
    private static long rounded(long x, long y) {
        long quotient = x / y;
        long rest = Math.abs(x % y);
        // Not rest * 2 >= |y|, which could wrap. The least long is its own magnitude, but less a rest it wraps to what
        // it should be.
        boolean up = rest != 0 && rest >= Math.abs(y) - rest;
        return up ? quotient + ((x ^ y) < 0 ? -1 : 1) : quotient;
    }

    private void exact(Register left, Register right, int row) {
        BigInteger x = Exact.unscaled(left, row);
        BigInteger y = Exact.unscaled(right, row);
        if (y.signum() == 0) {
            throw Errors.divisionByZero();
        }
        BigInteger value;
        if (op.primitive() == Primitive.MODULO) {
            value = x.remainder(y);
        } else if (integers) {
            value = x.divide(y);
        } else {
            BigInteger dividend = up >= 0 ? x.multiply(PowersOfTen.asBigInteger(up)) : x;
            BigInteger divisor = up >= 0 ? y : y.multiply(PowersOfTen.asBigInteger(-up));
            BigInteger[] parts = dividend.divideAndRemainder(divisor);
            boolean away = parts[1].abs().shiftLeft(1).compareTo(divisor.abs()) >= 0;
            value = away ? parts[0].add(BigInteger.valueOf((long) dividend.signum() * divisor.signum())) : parts[0];
        }
        if (!Exact.fits(out, value)) {
            throw Errors.binary(op.primitive(), left, right, row, out.type);
        }
        Exact.put(out, row, value);
    }
}
