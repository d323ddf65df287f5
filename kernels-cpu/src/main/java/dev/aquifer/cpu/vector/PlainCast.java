package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.reference.CivilTime;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;

/** CAST between booleans and integers, dates and timestamps, and of a value to its own type. */
final class PlainCast extends Operation {
    private final DataType from;

    PlainCast(Op op, DataType from) {
        super(op);
        this.from = from;
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        int rows = frame.rows();
        out.nullsOf(arg);
        switch (from.kind()) {
            case BOOLEAN -> {
                if (out.physical == Physical.BOOL) {
                    System.arraycopy(arg.bits, 0, out.bits, 0, Bits.WORDS);
                } else {
                    for (int row = 0; row < rows; row++) {
                        out.longs[row] = arg.bits[row >>> 6] >>> row & 1;
                    }
                }
            }
            case INT8, INT16, INT32, INT64, DECIMAL -> {
                if (out.physical == Physical.BOOL) {
                    LongCompare.equal(arg.longs, 0L, rows, out.bits);
                    Bits.not(out.bits);
                } else {
                    System.arraycopy(arg.longs, 0, out.longs, 0, rows);
                    wide(arg, rows);
                }
            }
            case DATE -> toTimestamp(frame, arg);
            case TIMESTAMP -> {
                for (int row = 0; row < rows; row++) {
                    out.longs[row] = from.equals(out.type) ? arg.longs[row] : CivilTime.dayOf(arg.longs[row]);
                }
            }
            case FLOAT32, FLOAT64 -> System.arraycopy(arg.doubles, 0, out.doubles, 0, rows);
            case VARCHAR, BINARY -> {
                out.data = arg.data;
                System.arraycopy(arg.starts, 0, out.starts, 0, rows);
                System.arraycopy(arg.lengths, 0, out.lengths, 0, rows);
            }
        }
    }

    private void wide(Register arg, int rows) {
        if (out.physical == Physical.INT128) {
            for (int row = 0; row < rows; row++) {
                out.highs[row] = arg.high(row);
            }
        }
    }

    private void toTimestamp(Frame frame, Register arg) {
        if (from.equals(out.type)) {
            System.arraycopy(arg.longs, 0, out.longs, 0, frame.rows());
            return;
        }
        long most = Long.MAX_VALUE / CivilTime.MICROS_PER_DAY;
        boolean suspect = false;
        for (int row = 0; row < frame.rows(); row++) {
            long day = arg.longs[row];
            suspect |= day > most || day < -most;
            out.longs[row] = day * CivilTime.MICROS_PER_DAY;
        }
        if (!suspect) {
            return;
        }
        long[] active = active(frame);
        for (int row = 0; row < frame.rows(); row++) {
            long day = arg.longs[row];
            if (day > most || day < -most) {
                if (Bits.get(active, row) && !out.isNull(row)) {
                    throw Errors.outOfRange(Errors.text(arg, row), out.type);
                }
                out.longs[row] = 0;
            }
        }
    }
}
