package dev.aquifer.protocol.arrow;

import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.TypeKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Rows of a column in Arrow's layout. Buffers are little-endian, written from their start, and have the room that is told here. */
final class ColumnWriter {
    private static final int DECIMAL_BYTES = 16;

    private ColumnWriter() {}

    /** Bytes of the values buffer; for text, of the offsets. */
    static long valueBytes(Column column, int rows) {
        return switch (column.type().kind()) {
            case BOOLEAN -> Bits.bytes(rows);
            case INT8 -> rows;
            case INT16 -> 2L * rows;
            case INT32, DATE, FLOAT32 -> 4L * rows;
            case INT64, TIMESTAMP, FLOAT64 -> 8L * rows;
            case DECIMAL -> (long) DECIMAL_BYTES * rows;
            case VARCHAR, BINARY -> 4L * (rows + 1);
        };
    }

    /** Bytes of the data buffer; 0 for what is not text. */
    static long dataBytes(Column column, int from, int to) {
        return column instanceof BytesColumn bytes ? bytes.offsets()[to] - (long) bytes.offsets()[from] : 0;
    }

    /** Writes values, or offsets that start at 0. */
    static void writeValues(Column column, int from, int to, ByteBuffer out) {
        ByteBuffer target = out.order(ByteOrder.LITTLE_ENDIAN);
        switch (column) {
            case BoolColumn bools -> Bits.write(bools.bits(), from, to, target);
            case LongColumn longs -> writeLongs(longs, from, to, target);
            case Int128Column wide -> {
                LongBuffer halves = target.asLongBuffer();
                for (int i = from; i < to; i++) {
                    halves.put(wide.low()[i]);
                    halves.put(wide.high()[i]);
                }
            }
            case DoubleColumn doubles -> {
                if (doubles.type().kind() == TypeKind.FLOAT32) {
                    FloatBuffer floats = target.asFloatBuffer();
                    for (int i = from; i < to; i++) {
                        floats.put((float) doubles.values()[i]);
                    }
                } else {
                    target.asDoubleBuffer().put(doubles.values(), from, to - from);
                }
            }
            case BytesColumn bytes -> {
                int start = bytes.offsets()[from];
                IntBuffer offsets = target.asIntBuffer();
                if (start == 0) {
                    offsets.put(bytes.offsets(), from, to - from + 1);
                } else {
                    for (int i = from; i <= to; i++) {
                        offsets.put(bytes.offsets()[i] - start);
                    }
                }
            }
        }
    }

    private static void writeLongs(LongColumn column, int from, int to, ByteBuffer out) {
        long[] values = column.values();
        switch (column.type().kind()) {
            case INT64, TIMESTAMP -> out.asLongBuffer().put(values, from, to - from);
            case INT32, DATE -> {
                IntBuffer ints = out.asIntBuffer();
                for (int i = from; i < to; i++) {
                    ints.put((int) values[i]);
                }
            }
            case INT16 -> {
                ShortBuffer shorts = out.asShortBuffer();
                for (int i = from; i < to; i++) {
                    shorts.put((short) values[i]);
                }
            }
            case INT8 -> {
                for (int i = from; i < to; i++) {
                    out.put(i - from, (byte) values[i]);
                }
            }
            case DECIMAL -> {
                LongBuffer halves = out.asLongBuffer();
                for (int i = from; i < to; i++) {
                    halves.put(values[i]);
                    halves.put(values[i] >> 63);
                }
            }
            case BOOLEAN, FLOAT32, FLOAT64, VARCHAR, BINARY ->
                throw new IllegalArgumentException("a LongColumn of " + column.type());
        }
    }

    /** Writes the bytes that the offsets point into. */
    static void writeData(BytesColumn column, int from, int to, ByteBuffer out) {
        int start = column.offsets()[from];
        out.put(0, column.data(), start, column.offsets()[to] - start);
    }
}
