package dev.aquifer.cpu.vector;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.reference.Utf8;
import java.util.Arrays;

/** The TEXT family: loops over bytes, without an object a row. */
final class Texts extends Operation {
    /** The longest text a function gives: 1 GiB. */
    private static final long MAX_BYTES = 1L << 30;

    private static final byte[] SPACE = {' '};

    private final TextCase textCase;

    Texts(Op op) {
        super(op);
        this.textCase = new TextCase(op.primitive() == Primitive.UPPER);
    }

    @Override
    void run(Frame frame) {
        Register text = frame.in(op.arg(0));
        out.nullsOf(text);
        for (int i = 1; i < op.args().size(); i++) {
            Register arg = frame.in(op.arg(i));
            if (arg.hasNulls) {
                narrowValid(arg);
            }
        }
        long[] active = active(frame);
        out.clearBytes();
        for (int row = 0; row < frame.rows(); row++) {
            if (out.isNull(row) || !Bits.get(active, row)) {
                nothing(row);
            } else {
                value(frame, text, row);
            }
        }
    }

    private void narrowValid(Register arg) {
        for (int word = 0; word < Bits.WORDS; word++) {
            out.valid[word] = (out.hasNulls ? out.valid[word] : -1L) & arg.valid[word];
        }
        out.hasNulls = true;
    }

    private void nothing(int row) {
        if (op.primitive() == Primitive.CHAR_LENGTH || op.primitive() == Primitive.POSITION) {
            out.longs[row] = 0;
        } else {
            out.putEmpty(row);
        }
    }

    private void value(Frame frame, Register text, int row) {
        byte[] data = text.data;
        int from = text.starts[row];
        int length = text.lengths[row];
        switch (op.primitive()) {
            case CHAR_LENGTH -> out.longs[row] = Ascii.countCodePoints(data, from, from + length);
            case UPPER, LOWER -> {
                out.reserveBytes(TextCase.room(length));
                int mapped = textCase.map(data, from, length, out.data, out.used);
                checkLength(mapped);
                out.starts[row] = out.used;
                out.lengths[row] = mapped;
                out.used += mapped;
            }
            case SUBSTRING -> substring(frame, row, data, from, from + length);
            case TRIM -> trim(frame, row, data, from, from + length, true, true);
            case LTRIM -> trim(frame, row, data, from, from + length, true, false);
            case RTRIM -> trim(frame, row, data, from, from + length, false, true);
            case CONCAT -> {
                Register other = frame.in(op.arg(1));
                int more = other.lengths[row];
                checkLength((long) length + more);
                out.reserveBytes(length + more);
                int start = out.used;
                out.putBytes(row, data, from, length);
                out.putBytes(row, other.data, other.starts[row], more);
                out.starts[row] = start;
                out.lengths[row] = length + more;
            }
            case POSITION -> {
                Register needle = frame.in(op.arg(1));
                int at = ByteSearch.find(
                        data, from, from + length, needle.data, needle.starts[row], needle.lengths[row]);
                out.longs[row] = at < 0 ? 0 : Ascii.countCodePoints(data, from, at) + 1L;
            }
            case REPLACE -> replace(frame.in(op.arg(1)), frame.in(op.arg(2)), row, data, from, from + length);
            default -> throw new IllegalArgumentException(op.primitive() + " is not a text function");
        }
    }

    private static void checkLength(long length) {
        if (length > MAX_BYTES) {
            throw new AquiferException(
                    ErrorCode.OUT_OF_RANGE, "a text of " + length + " bytes is longer than " + MAX_BYTES);
        }
    }

    private void substring(Frame frame, int row, byte[] data, int from, int to) {
        long first = frame.in(op.arg(1)).longs[row];
        if (op.args().size() == 2) {
            int start = Utf8.skip(data, from, to, first - 1 > first ? 0 : first - 1);
            out.putBytes(row, data, start, to - start);
            return;
        }
        long wanted = frame.in(op.arg(2)).longs[row];
        if (wanted < 0) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "negative substring length " + wanted);
        }
        // The characters wanted are [first, first + wanted), of which those from 1 exist.
        long end = first + wanted < first ? Long.MAX_VALUE : first + wanted;
        long begin = Math.max(first, 1);
        int start = Utf8.skip(data, from, to, begin - 1);
        int stop = Utf8.skip(data, start, to, end <= begin ? 0 : end - begin);
        out.putBytes(row, data, start, stop - start);
    }

    private void trim(Frame frame, int row, byte[] data, int from, int to, boolean left, boolean right) {
        byte[] unwanted = SPACE;
        int unwantedFrom = 0;
        int unwantedTo = 1;
        if (op.args().size() > 1) {
            Register characters = frame.in(op.arg(1));
            unwanted = characters.data;
            unwantedFrom = characters.starts[row];
            unwantedTo = unwantedFrom + characters.lengths[row];
        }
        int start = from;
        while (left && start < to) {
            int size = Utf8.length(data, start, to);
            if (!holds(unwanted, unwantedFrom, unwantedTo, data, start, size)) {
                break;
            }
            start += size;
        }
        // Characters can only be told apart from the front, so the end of the last wanted one is looked for from there.
        int stop = to;
        if (right) {
            stop = start;
            for (int at = start; at < to; ) {
                int size = Utf8.length(data, at, to);
                if (!holds(unwanted, unwantedFrom, unwantedTo, data, at, size)) {
                    stop = at + size;
                }
                at += size;
            }
        }
        out.putBytes(row, data, start, stop - start);
    }

    private static boolean holds(byte[] set, int from, int to, byte[] data, int at, int size) {
        for (int next = from; next < to; ) {
            int length = Utf8.length(set, next, to);
            if (length == size && Arrays.equals(set, next, next + size, data, at, at + size)) {
                return true;
            }
            next += length;
        }
        return false;
    }

    private void replace(Register needles, Register replacements, int row, byte[] data, int from, int to) {
        byte[] needle = needles.data;
        int needleFrom = needles.starts[row];
        int needleLength = needles.lengths[row];
        if (needleLength == 0) {
            out.putBytes(row, data, from, to - from);
            return;
        }
        int start = out.used;
        int done = from;
        int at = ByteSearch.find(data, from, to, needle, needleFrom, needleLength);
        while (at >= 0) {
            out.putBytes(row, data, done, at - done);
            out.putBytes(row, replacements.data, replacements.starts[row], replacements.lengths[row]);
            checkLength((long) out.used - start);
            done = at + needleLength;
            at = ByteSearch.find(data, done, to, needle, needleFrom, needleLength);
        }
        out.putBytes(row, data, done, to - done);
        checkLength((long) out.used - start);
        out.starts[row] = start;
        out.lengths[row] = out.used - start;
    }
}
