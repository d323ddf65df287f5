package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/** The CHOICE family: the second register where the first is true, else the third. */
final class Choice extends Operation {
    private final long[] truth = new long[Bits.WORDS];

    Choice(Op op) {
        super(op);
    }

    @Override
    void bound(Frame frame) {
        Register yes = frame.bounds(op.arg(1));
        Register no = frame.bounds(op.arg(2));
        out.unbounded();
        if (yes.narrow && no.narrow) {
            out.bounds(Math.min(yes.min, no.min), Math.max(yes.max, no.max));
        }
    }

    @Override
    void run(Frame frame) {
        Register condition = frame.in(op.arg(0));
        Register yes = frame.in(op.arg(1));
        Register no = frame.in(op.arg(2));
        for (int word = 0; word < Bits.WORDS; word++) {
            truth[word] = condition.truth(word);
        }
        out.hasNulls = yes.hasNulls || no.hasNulls;
        if (out.hasNulls) {
            for (int word = 0; word < Bits.WORDS; word++) {
                long yesValid = yes.hasNulls ? yes.valid[word] : -1L;
                long noValid = no.hasNulls ? no.valid[word] : -1L;
                out.valid[word] = truth[word] & yesValid | ~truth[word] & noValid;
            }
        }
        int rows = frame.rows();
        switch (out.physical) {
            case BOOL -> {
                for (int word = 0; word < Bits.WORDS; word++) {
                    out.bits[word] = truth[word] & yes.bits[word] | ~truth[word] & no.bits[word];
                }
            }
            case LONG -> blend(yes.longs, no.longs, rows, out.longs);
            case INT128 -> {
                blend(yes.longs, no.longs, rows, out.longs);
                if (!out.narrow) {
                    for (int row = 0; row < rows; row++) {
                        out.highs[row] = Bits.get(truth, row) ? yes.high(row) : no.high(row);
                    }
                }
            }
            case DOUBLE -> {
                for (int row = 0; row < rows; row++) {
                    out.doubles[row] = Bits.get(truth, row) ? yes.doubles[row] : no.doubles[row];
                }
            }
            case BYTES -> bytes(yes, no, rows);
        }
    }

    private void blend(long[] yes, long[] no, int rows, long[] target) {
        for (int word = 0; word << 6 < rows; word++) {
            for (int at = 0; at < 64; at += Lanes.LONGS.length()) {
                int row = (word << 6) + at;
                VectorMask<Long> mask = VectorMask.fromLong(Lanes.LONGS, truth[word] >>> at);
                LongVector.fromArray(Lanes.LONGS, no, row)
                        .blend(LongVector.fromArray(Lanes.LONGS, yes, row), mask)
                        .intoArray(target, row);
            }
        }
    }

    private void bytes(Register yes, Register no, int rows) {
        out.clearBytes();
        for (int row = 0; row < rows; row++) {
            Register from = Bits.get(truth, row) ? yes : no;
            if (from.isNull(row)) {
                out.putEmpty(row);
            } else {
                out.putBytes(row, from.data, from.starts[row], from.lengths[row]);
            }
        }
    }
}
