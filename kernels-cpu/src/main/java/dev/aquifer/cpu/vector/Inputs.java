package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Int128;
import java.math.BigInteger;
import java.util.Arrays;

/** The INPUT family. */
final class Inputs {
    private Inputs() {}

    /** A column: the frame reads it. */
    static final class Load extends Operation {
        Load(Op op) {
            super(op);
        }

        @Override
        void run(Frame frame) {
            throw new IllegalStateException("a column is read by the frame");
        }
    }

    /** An operation that the frame does not need. */
    static final class Absent extends Operation {
        Absent(Op op) {
            super(op, new Register(op.type(), 0));
        }

        @Override
        void bound(Frame frame) {
            // Nobody asks.
        }

        @Override
        void run(Frame frame) {
            throw new IllegalStateException(op + " was not asked for when the frame was made");
        }
    }

    /** A constant, held in every row, so that operations without a form of their own for constants need none. */
    static final class Constant extends Operation {
        Constant(Op op, Argument.Value argument) {
            super(op);
            out.constant = true;
            Object value = argument.value();
            if (value == null) {
                out.allNull();
                // Zeros that nobody reads.
                out.bounds(0, 0);
                return;
            }
            switch (out.physical) {
                case BOOL -> Arrays.fill(out.bits, (Boolean) value ? -1L : 0L);
                case LONG -> {
                    Arrays.fill(out.longs, (Long) value);
                    out.bounds((Long) value, (Long) value);
                }
                case INT128 -> {
                    BigInteger big = (BigInteger) value;
                    Arrays.fill(out.longs, big.longValue());
                    Arrays.fill(out.highs, Int128.high(big));
                    if (big.bitLength() < 64) {
                        out.bounds(big.longValue(), big.longValue());
                    }
                }
                case DOUBLE -> Arrays.fill(out.doubles, (Double) value);
                case BYTES -> {
                    byte[] bytes = ((Bytes) value).array();
                    out.data = bytes;
                    Arrays.fill(out.starts, 0);
                    Arrays.fill(out.lengths, bytes.length);
                }
            }
        }

        @Override
        void bound(Frame frame) {
            // Bounded from the start.
        }

        @Override
        void run(Frame frame) {
            throw new IllegalStateException("a constant is there from the start");
        }
    }
}
