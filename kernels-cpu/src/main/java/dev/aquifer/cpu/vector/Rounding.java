package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** ROUND, FLOOR and CEIL of integers and decimals. */
final class Rounding extends Operation {
    private final DataType from;

    Rounding(Op op, DataType from) {
        super(op);
        this.from = from;
    }

    private RoundingMode mode() {
        return switch (op.primitive()) {
            case FLOOR -> RoundingMode.FLOOR;
            case CEIL -> RoundingMode.CEILING;
            default -> RoundingMode.HALF_UP;
        };
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        boolean toDigits = op.args().size() > 1;
        Register digits = toDigits ? frame.in(op.arg(1)) : arg;
        out.nullsOf(arg, digits);
        long[] active = active(frame);
        RoundingMode mode = mode();
        for (int row = 0; row < frame.rows(); row++) {
            if (out.isNull(row) || !Bits.get(active, row)) {
                Exact.put(out, row, BigInteger.ZERO);
                continue;
            }
            long places = toDigits ? digits.longs[row] : 0;
            BigDecimal exact = new BigDecimal(Exact.unscaled(arg, row), from.scale());
            if (places < exact.scale()) {
                // No value has 60 digits: a coarser rounding gives zero, a finer one changes nothing.
                exact = exact.setScale((int) Math.max(places, -60), mode);
            }
            BigInteger unscaled = exact.setScale(out.type.scale(), mode).unscaledValue();
            if (!Exact.fits(out, unscaled)) {
                throw Errors.outOfRange(
                        name() + "(" + Errors.text(arg, row) + (places == 0 ? "" : ", " + places) + ")", out.type);
            }
            Exact.put(out, row, unscaled);
        }
    }

    private String name() {
        return op.primitive() == Primitive.ROUND
                ? "round"
                : op.primitive().name().toLowerCase(Locale.ROOT);
    }
}
