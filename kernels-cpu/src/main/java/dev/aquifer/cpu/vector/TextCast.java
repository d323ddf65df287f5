package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.reference.TextReading;
import dev.aquifer.spi.reference.TimeReading;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;
import java.util.Arrays;

/** CAST from VARCHAR, read as the reference reads it; short integers, the most frequent, without it. */
final class TextCast extends Operation {
    /** Digits that fit a long whatever they are. */
    private static final int SAFE_DIGITS = 18;

    TextCast(Op op) {
        super(op);
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        long[] active = active(frame);
        out.nullsOf(arg);
        if (out.physical == Physical.BOOL) {
            Arrays.fill(out.bits, 0L);
        }
        for (int row = 0; row < frame.rows(); row++) {
            if (out.isNull(row) || !Bits.get(active, row)) {
                zero(row);
            } else if (!out.type.isInteger() || !shortInteger(arg, row)) {
                read(row, Bytes.copyOf(arg.data, arg.starts[row], arg.starts[row] + arg.lengths[row]));
            }
        }
    }

    private void zero(int row) {
        switch (out.physical) {
            case BOOL -> {
                // All bits are cleared.
            }
            case LONG, INT128 -> Exact.put(out, row, BigInteger.ZERO);
            case DOUBLE -> out.doubles[row] = 0;
            case BYTES -> throw new IllegalStateException("a text is not cast to one");
        }
    }

    /** Digits with a minus before them, at most; false where there is more to it. */
    private boolean shortInteger(Register arg, int row) {
        int at = arg.starts[row];
        int end = at + arg.lengths[row];
        boolean minus = at < end && arg.data[at] == '-';
        at += minus ? 1 : 0;
        if (at == end || end - at > SAFE_DIGITS) {
            return false;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = arg.data[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        value = minus ? -value : value;
        if (value < out.type.minLong() || value > out.type.maxLong()) {
            return false;
        }
        out.longs[row] = value;
        return true;
    }

    private void read(int row, Bytes text) {
        switch (out.type.kind()) {
            case BOOLEAN -> {
                if (TextReading.readBoolean(text)) {
                    Bits.set(out.bits, row);
                }
            }
            case INT8, INT16, INT32, INT64 -> out.longs[row] = TextReading.readInteger(out.type, text);
            case DECIMAL -> Exact.put(out, row, TextReading.readDecimal(out.type, text));
            case FLOAT32, FLOAT64 -> out.doubles[row] = TextReading.readFloat(out.type, text);
            case DATE -> out.longs[row] = TimeReading.readDate(text);
            case TIMESTAMP -> out.longs[row] = TimeReading.readTimestamp(text);
            case VARCHAR, BINARY -> throw new IllegalStateException(out.type + " is not read from text");
        }
    }
}
