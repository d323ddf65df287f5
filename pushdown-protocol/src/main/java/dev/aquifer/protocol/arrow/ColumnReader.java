package dev.aquifer.protocol.arrow;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Columns from Arrow's layout. Nothing in the buffers is trusted: lengths, offsets and digits are checked. */
final class ColumnReader {
    private ColumnReader() {}

    /**
     * Reads a column.
     *
     * @param nullCount null rows as the sender counted them; 0 means that the validity is not looked at
     * @param validity little-endian bits
     * @param values little-endian values; for text, offsets
     * @param data bytes of text; not looked at for other types
     * @throws MalformedArrow where a buffer is too short or its content impossible
     */
    static Column read(DataType type, int rows, long nullCount, ByteBuffer validity, ByteBuffer values, ByteBuffer data)
            throws MalformedArrow {
        long[] valid = null;
        if (nullCount != 0) {
            require(validity, Bits.bytes(rows), "validity", type);
            valid = Bits.read(validity, rows);
            if (Bitmap.count(valid, rows) == rows) {
                valid = null;
            }
        }
        return switch (type.kind()) {
            case BOOLEAN -> {
                require(values, Bits.bytes(rows), "values", type);
                yield new BoolColumn(rows, Bits.read(values, rows), valid);
            }
            case INT8, INT16, INT32, INT64, DATE, TIMESTAMP ->
                new LongColumn(type, rows, longs(type, rows, values), valid);
            case DECIMAL -> decimals(type, rows, values, valid);
            case FLOAT32, FLOAT64 -> new DoubleColumn(type, rows, doubles(type, rows, values), valid);
            case VARCHAR, BINARY -> text(type, rows, values, data, valid);
        };
    }

    private static void require(ByteBuffer buffer, long bytes, String what, DataType type) throws MalformedArrow {
        if (buffer.remaining() < bytes) {
            throw new MalformedArrow(
                    "the " + what + " of a column of " + type + " take " + buffer.remaining() + " bytes, not " + bytes);
        }
    }

    private static long[] longs(DataType type, int rows, ByteBuffer in) throws MalformedArrow {
        long width = switch (type.kind()) {
            case INT8 -> 1;
            case INT16 -> 2;
            case INT32, DATE -> 4;
            case INT64, TIMESTAMP -> 8;
            case BOOLEAN, DECIMAL, FLOAT32, FLOAT64, VARCHAR, BINARY ->
                throw new IllegalArgumentException(type + " is not an integer");
        };
        require(in, width * rows, "values", type);
        long[] out = new long[rows];
        switch ((int) width) {
            case 1 -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = in.get(i);
                }
            }
            case 2 -> {
                ShortBuffer shorts = in.asShortBuffer();
                for (int i = 0; i < rows; i++) {
                    out[i] = shorts.get(i);
                }
            }
            case 4 -> {
                IntBuffer ints = in.asIntBuffer();
                for (int i = 0; i < rows; i++) {
                    out[i] = ints.get(i);
                }
            }
            default -> in.asLongBuffer().get(0, out);
        }
        return out;
    }

    private static double[] doubles(DataType type, int rows, ByteBuffer in) throws MalformedArrow {
        boolean single = type.equals(DataType.FLOAT32);
        require(in, (single ? 4L : 8L) * rows, "values", type);
        double[] out = new double[rows];
        if (single) {
            FloatBuffer floats = in.asFloatBuffer();
            for (int i = 0; i < rows; i++) {
                out[i] = floats.get(i);
            }
        } else {
            in.asDoubleBuffer().get(0, out);
        }
        return out;
    }

    private static Column decimals(DataType type, int rows, ByteBuffer in, long @Nullable [] valid)
            throws MalformedArrow {
        require(in, 16L * rows, "values", type);
        LongBuffer halves = in.asLongBuffer();
        return type.physical() == Physical.LONG
                ? new LongColumn(type, rows, narrow(type, rows, halves, valid), valid)
                : wide(type, rows, halves, valid);
    }

    private static long[] narrow(DataType type, int rows, LongBuffer halves, long @Nullable [] valid)
            throws MalformedArrow {
        long[] values = new long[rows];
        long max = type.maxUnscaled().longValue();
        for (int i = 0; i < rows; i++) {
            if (valid == null || Bitmap.get(valid, i)) {
                long low = halves.get(2 * i);
                long high = halves.get(2 * i + 1);
                if (high != low >> 63 || low > max || low < -max) {
                    throw doesNotFit(type, low, high);
                }
                values[i] = low;
            }
        }
        return values;
    }

    private static Column wide(DataType type, int rows, LongBuffer halves, long @Nullable [] valid)
            throws MalformedArrow {
        long[] low = new long[rows];
        long[] high = new long[rows];
        BigInteger max = type.maxUnscaled();
        long maxHigh = Int128.high(max);
        long maxLow = max.longValue();
        for (int i = 0; i < rows; i++) {
            if (valid == null || Bitmap.get(valid, i)) {
                low[i] = halves.get(2 * i);
                high[i] = halves.get(2 * i + 1);
                // The magnitude, as an unsigned 128-bit number: the least value of all stays as large as it is.
                boolean negative = high[i] < 0;
                long low1 = negative ? -low[i] : low[i];
                long high1 = negative ? ~high[i] + (low[i] == 0 ? 1 : 0) : high[i];
                int order = Long.compareUnsigned(high1, maxHigh);
                if (order > 0 || order == 0 && Long.compareUnsigned(low1, maxLow) > 0) {
                    throw doesNotFit(type, low[i], high[i]);
                }
            }
        }
        return new Int128Column(type, rows, low, high, valid);
    }

    private static MalformedArrow doesNotFit(DataType type, long low, long high) {
        return new MalformedArrow("the unscaled value " + Int128.toBigInteger(low, high) + " does not fit " + type);
    }

    private static Column text(DataType type, int rows, ByteBuffer in, ByteBuffer data, long @Nullable [] valid)
            throws MalformedArrow {
        // Arrow lets the single offset of no rows be left away.
        boolean told = rows > 0 || in.remaining() >= 4;
        require(in, told ? 4L * (rows + 1L) : 0, "offsets", type);
        int[] offsets = new int[rows + 1];
        if (told) {
            in.asIntBuffer().get(0, offsets);
        }
        int start = offsets[0];
        if (start < 0) {
            throw new MalformedArrow("text starts at offset " + start);
        }
        boolean nullsAreEmpty = true;
        for (int i = 0; i < rows; i++) {
            if (offsets[i + 1] < offsets[i]) {
                throw new MalformedArrow("offset " + offsets[i + 1] + " follows on " + offsets[i]);
            }
            nullsAreEmpty &= valid == null || offsets[i + 1] == offsets[i] || Bitmap.get(valid, i);
        }
        require(data, offsets[rows], "data", type);
        byte[] bytes = new byte[offsets[rows] - start];
        data.get(data.position() + start, bytes);
        for (int i = 0; start != 0 && i <= rows; i++) {
            offsets[i] -= start;
        }
        if (valid != null && !nullsAreEmpty) {
            bytes = emptyNulls(rows, offsets, bytes, valid);
        }
        return new BytesColumn(type, rows, bytes, offsets, valid);
    }

    /** Takes out what null rows hold, as Arrow allows and columns do not. Changes the offsets. */
    private static byte[] emptyNulls(int rows, int[] offsets, byte[] bytes, long[] valid) {
        int end = 0;
        int from = 0;
        for (int i = 0; i < rows; i++) {
            int to = offsets[i + 1];
            if (Bitmap.get(valid, i)) {
                System.arraycopy(bytes, from, bytes, end, to - from);
                end += to - from;
            }
            from = to;
            offsets[i + 1] = end;
        }
        return Arrays.copyOf(bytes, end);
    }
}
