package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import java.math.BigInteger;

/**
 * DIVIDE and MODULO of integers and decimals. Machines divide one by one, and a zero must not be divided by, so these loops go
 * over the rows that need a result only.
 */
final class Division extends Operation {
    private final boolean integers;
    /** The dividend is multiplied by ten to this power first. */
    private final int up;

    Division(Op op, DataType left, DataType right) {
        super(op);
        this.integers = !op.type().isDecimal();
        // (x / 10^s1) / (y / 10^s2) at scale s is x * 10^(s - s1 + s2) / y.
        this.up = integers || op.primitive() == Primitive.MODULO ? 0 : op.type().scale() - left.scale() + right.scale();
    }

    @Override
    void run(Frame frame) {
        Register left = frame.in(op.arg(0));
        Register right = frame.in(op.arg(1));
        out.nullsOf(left, right);
        long[] active = active(frame);
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
                if (out.physical == Physical.INT128 || value >= out.type.minLong() && value <= out.type.maxLong()) {
                    put(row, value);
                    continue;
                }
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
