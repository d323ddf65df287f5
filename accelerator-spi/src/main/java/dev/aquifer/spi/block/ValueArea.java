package dev.aquifer.spi.block;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.List;

/** Writes and reads value areas (see {@link BlockDescriptor}), one boxed value at a time. */
public final class ValueArea {
    private ValueArea() {}

    static long bytes(Physical physical, List<Object> values) {
        return switch (physical) {
            case BOOL -> values.size();
            case LONG, DOUBLE -> 8L * values.size();
            case INT128 -> 16L * values.size();
            case BYTES -> {
                long bytes = 4L * (values.size() + 1);
                for (Object value : values) {
                    bytes += ((Bytes) value).length();
                }
                yield bytes;
            }
        };
    }

    static void write(Physical physical, List<Object> values, MemorySegment target, long offset) {
        int count = values.size();
        int end = 0;
        for (int i = 0; i < count; i++) {
            switch (physical) {
                case BOOL -> target.set(ValueLayout.JAVA_BYTE, offset + i, (byte) ((Boolean) values.get(i) ? 1 : 0));
                case LONG -> target.set(BlockDescriptor.LONG, offset + 8L * i, (Long) values.get(i));
                case DOUBLE -> target.set(BlockDescriptor.DOUBLE, offset + 8L * i, (Double) values.get(i));
                case INT128 -> {
                    BigInteger value = (BigInteger) values.get(i);
                    target.set(BlockDescriptor.LONG, offset + 16L * i, value.longValue());
                    target.set(BlockDescriptor.LONG, offset + 16L * i + 8, Int128.high(value));
                }
                case BYTES -> {
                    byte[] bytes = ((Bytes) values.get(i)).array();
                    target.set(BlockDescriptor.INT, offset + 4L * i, end);
                    MemorySegment.copy(
                            bytes, 0, target, ValueLayout.JAVA_BYTE, offset + 4L * (count + 1) + end, bytes.length);
                    end += bytes.length;
                }
            }
        }
        if (physical == Physical.BYTES) {
            target.set(BlockDescriptor.INT, offset + 4L * count, end);
        }
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
