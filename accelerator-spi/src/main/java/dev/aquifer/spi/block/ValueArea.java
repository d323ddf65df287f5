package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes value areas (see {@link BlockDescriptor}), and reads them one boxed value at a time. */
public final class ValueArea {
    private ValueArea() {}

    static long bytes(Column values) {
        long count = values.size();
        return switch (values) {
            case BoolColumn bools -> count;
            case LongColumn longs -> 8 * count;
            case DoubleColumn doubles -> 8 * count;
            case Int128Column wide -> 16 * count;
            case BytesColumn bytes -> 4 * (count + 1) + bytes.offsets()[bytes.size()] - bytes.offsets()[0];
        };
    }

    /** Writes all values of a column; what is at null rows is of no meaning. */
    static void write(Column values, MemorySegment target, long offset) {
        int count = values.size();
        switch (values) {
            case BoolColumn bools -> {
                for (int i = 0; i < count; i++) {
                    target.set(ValueLayout.JAVA_BYTE, offset + i, (byte) (Bitmap.get(bools.bits(), i) ? 1 : 0));
                }
            }
            case LongColumn longs -> MemorySegment.copy(longs.values(), 0, target, BlockDescriptor.LONG, offset, count);
            case DoubleColumn doubles ->
                MemorySegment.copy(doubles.values(), 0, target, BlockDescriptor.DOUBLE, offset, count);
            case Int128Column wide -> {
                for (int i = 0; i < count; i++) {
                    target.set(BlockDescriptor.LONG, offset + 16L * i, wide.low()[i]);
                    target.set(BlockDescriptor.LONG, offset + 16L * i + 8, wide.high()[i]);
                }
            }
            case BytesColumn bytes -> write(bytes, target, offset);
        }
    }

    private static void write(BytesColumn bytes, MemorySegment target, long offset) {
        int count = bytes.size();
        int[] offsets = bytes.offsets();
        int from = offsets[0];
        if (from == 0) {
            MemorySegment.copy(offsets, 0, target, BlockDescriptor.INT, offset, count + 1);
        } else {
            for (int i = 0; i <= count; i++) {
                target.set(BlockDescriptor.INT, offset + 4L * i, offsets[i] - from);
            }
        }
        long data = offset + 4L * (count + 1);
        MemorySegment.copy(bytes.data(), from, target, ValueLayout.JAVA_BYTE, data, offsets[count] - from);
    }

    /** Value {@code index} of an area of {@code count} values. */
    public static Object read(Physical physical, MemorySegment source, long offset, int count, int index) {
        return switch (physical) {
            case BOOL -> source.get(ValueLayout.JAVA_BYTE, offset + index) != 0;
            case LONG -> source.get(BlockDescriptor.LONG, offset + 8L * index);
            case DOUBLE -> source.get(BlockDescriptor.DOUBLE, offset + 8L * index);
            case INT128 ->
                Int128.toBigInteger(
                        source.get(BlockDescriptor.LONG, offset + 16L * index),
                        source.get(BlockDescriptor.LONG, offset + 16L * index + 8));
            case BYTES -> {
                int from = source.get(BlockDescriptor.INT, offset + 4L * index);
                int to = source.get(BlockDescriptor.INT, offset + 4L * (index + 1));
                byte[] bytes = new byte[to - from];
                MemorySegment.copy(
                        source, ValueLayout.JAVA_BYTE, offset + 4L * (count + 1) + from, bytes, 0, bytes.length);
                yield Bytes.of(bytes);
            }
        };
    }
}
