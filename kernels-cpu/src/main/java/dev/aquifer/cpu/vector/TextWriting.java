package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.ValueText;
import java.nio.charset.StandardCharsets;

/** CAST to VARCHAR. */
final class TextWriting extends Operation {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final byte[] digits = new byte[20];

    TextWriting(Op op) {
        super(op);
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        out.nullsOf(arg);
        out.clearBytes();
        for (int row = 0; row < frame.rows(); row++) {
            if (out.isNull(row)) {
                out.putEmpty(row);
                continue;
            }
            switch (arg.type.kind()) {
                case BOOLEAN -> {
                    byte[] word = Bits.get(arg.bits, row) ? TRUE : FALSE;
                    out.putBytes(row, word, 0, word.length);
                }
                case INT8, INT16, INT32, INT64 -> integer(row, arg.longs[row]);
                case DECIMAL ->
                    put(
                            row,
                            arg.narrow
                                    ? ValueText.of(arg.type, (Object) arg.longs[row])
                                    : ValueText.of(arg.type, Int128.toBigInteger(arg.longs[row], arg.highs[row])));
                case DATE -> put(row, ValueText.date(arg.longs[row]));
                case TIMESTAMP -> put(row, ValueText.timestamp(arg.longs[row]));
                case FLOAT32, FLOAT64 -> put(row, ValueText.of(arg.type, (Object) arg.doubles[row]));
                case VARCHAR, BINARY -> out.putBytes(row, arg.data, arg.starts[row], arg.lengths[row]);
            }
        }
    }

    private void put(int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.putBytes(row, bytes, 0, bytes.length);
    }

    private void integer(int row, long value) {
        int at = digits.length;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        out.putBytes(row, digits, at, digits.length - at);
    }
}
