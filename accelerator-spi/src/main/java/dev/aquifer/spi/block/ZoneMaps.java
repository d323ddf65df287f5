package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Computes zone maps of columns, and writes them into and reads them from block headers. */
public final class ZoneMaps {
    /** Byte strings longer than this are cut in zone maps; the maximum is then rounded up. */
    static final int MAX_BYTES = 64;

    private ZoneMaps() {}

    public static ZoneMap of(Column column) {
        return switch (column) {
            case BoolColumn bools -> ColumnBounds.of(bools);
            case LongColumn longs -> ColumnBounds.of(longs);
            case Int128Column wide -> ColumnBounds.of(wide);
            case DoubleColumn doubles -> ColumnBounds.of(doubles);
            case BytesColumn bytes -> cut(ColumnBounds.of(bytes));
        };
    }

    /** Orders two physical values of the same physical form, NaN last; -0.0 equals 0.0. */
    public static int compare(Object left, Object right) {
        return switch (left) {
            case Boolean value -> Boolean.compare(value, (Boolean) right);
            case Long value -> Long.compare(value, (Long) right);
            case BigInteger value -> value.compareTo((BigInteger) right);
            case Double value -> Double.compare(value + 0.0, (Double) right + 0.0);
            case Bytes value -> value.compareTo((Bytes) right);
            default -> throw new IllegalArgumentException("not a physical value: " + left.getClass());
        };
    }

    /** Cuts long byte strings: the minimum to a prefix, the maximum to the next greater string of that length. */
    static ZoneMap cut(ZoneMap zone) {
        if (!(zone.min() instanceof Bytes min) || !(zone.max() instanceof Bytes max)) {
            return zone;
        }
        boolean minExact = min.length() <= MAX_BYTES;
        boolean maxExact = max.length() <= MAX_BYTES;
        if (minExact && maxExact) {
            return zone;
        }
        Bytes lower = minExact ? min : Bytes.copyOf(min.array(), 0, MAX_BYTES);
        Bytes upper = maxExact ? max : successor(max);
        if (upper == null) {
            return new ZoneMap(zone.type(), zone.rows(), zone.nullCount(), null, null, false, false, zone.hasNan());
        }
        return new ZoneMap(zone.type(), zone.rows(), zone.nullCount(), lower, upper, minExact, maxExact, zone.hasNan());
    }

    private static @Nullable Bytes successor(Bytes value) {
        byte[] prefix = Arrays.copyOf(value.array(), MAX_BYTES);
        for (int i = MAX_BYTES - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                prefix[i]++;
                return Bytes.copyOf(prefix, 0, i + 1);
            }
        }
        return null;
    }

    static int areaBytes(ZoneMap zone) {
        return zone.min() instanceof Bytes min && zone.max() instanceof Bytes max ? min.length() + max.length() : 0;
    }

    static void write(ZoneMap zone, MemorySegment block, long areaOffset) {
        Object min = zone.min();
        Object max = zone.max();
        int flags = zone.hasNan() ? BlockDescriptor.FLAG_HAS_NAN : 0;
        if (min != null && max != null) {
            flags |= BlockDescriptor.FLAG_ZONE;
            flags |= zone.minExact() ? 0 : BlockDescriptor.FLAG_MIN_INEXACT;
            flags |= zone.maxExact() ? 0 : BlockDescriptor.FLAG_MAX_INEXACT;
            if (min instanceof Bytes lower && max instanceof Bytes upper) {
                block.set(BlockDescriptor.INT, BlockDescriptor.ZONE_AREA_OFFSET, (int) areaOffset);
                block.set(BlockDescriptor.INT, BlockDescriptor.ZONE_MIN_LENGTH_OFFSET, lower.length());
                block.set(BlockDescriptor.INT, BlockDescriptor.ZONE_MAX_LENGTH_OFFSET, upper.length());
                MemorySegment.copy(lower.array(), 0, block, ValueLayout.JAVA_BYTE, areaOffset, lower.length());
                MemorySegment.copy(
                        upper.array(), 0, block, ValueLayout.JAVA_BYTE, areaOffset + lower.length(), upper.length());
            } else {
                writeBound(min, block, BlockDescriptor.ZONE_MIN_OFFSET);
                writeBound(max, block, BlockDescriptor.ZONE_MAX_OFFSET);
            }
        }
        block.set(BlockDescriptor.SHORT, BlockDescriptor.FLAGS_OFFSET, (short) flags);
    }

    private static void writeBound(Object bound, MemorySegment block, long offset) {
        block.set(BlockDescriptor.LONG, offset, lowBits(bound));
        block.set(BlockDescriptor.LONG, offset + 8, highBits(bound));
    }

    static long lowBits(Object value) {
        return switch (value) {
            case Boolean bool -> bool ? 1 : 0;
            case Long number -> number;
            case BigInteger big -> big.longValue();
            case Double number -> Double.doubleToRawLongBits(number);
            default -> throw new IllegalArgumentException("no fixed width: " + value.getClass());
        };
    }

    static long highBits(Object value) {
        return value instanceof BigInteger big ? Int128.high(big) : 0;
    }

    static Object fixedValue(Physical physical, long low, long high) {
        return switch (physical) {
            case BOOL -> low != 0;
            case LONG -> low;
            case INT128 -> Int128.toBigInteger(low, high);
            case DOUBLE -> Double.longBitsToDouble(low);
            case BYTES -> throw new IllegalArgumentException("BYTES have no fixed width");
        };
    }

    static ZoneMap read(MemorySegment segment, DataType type, int rows, int nullCount) {
        int flags = segment.get(BlockDescriptor.SHORT, BlockDescriptor.FLAGS_OFFSET);
        boolean hasNan = (flags & BlockDescriptor.FLAG_HAS_NAN) != 0;
        if ((flags & BlockDescriptor.FLAG_ZONE) == 0) {
            return new ZoneMap(type, rows, nullCount, null, null, false, false, hasNan);
        }
        Object min;
        Object max;
        if (type.physical() == Physical.BYTES) {
            int area = BlockDescriptor.getInt(segment, BlockDescriptor.ZONE_AREA_OFFSET);
            int minLength = BlockDescriptor.getInt(segment, BlockDescriptor.ZONE_MIN_LENGTH_OFFSET);
            int maxLength = BlockDescriptor.getInt(segment, BlockDescriptor.ZONE_MAX_LENGTH_OFFSET);
            min = Bytes.of(segment.asSlice(area, minLength).toArray(ValueLayout.JAVA_BYTE));
            max = Bytes.of(segment.asSlice(area + minLength, maxLength).toArray(ValueLayout.JAVA_BYTE));
        } else {
            min = bound(segment, type.physical(), BlockDescriptor.ZONE_MIN_OFFSET);
            max = bound(segment, type.physical(), BlockDescriptor.ZONE_MAX_OFFSET);
        }
        return new ZoneMap(
                type,
                rows,
                nullCount,
                min,
                max,
                (flags & BlockDescriptor.FLAG_MIN_INEXACT) == 0,
                (flags & BlockDescriptor.FLAG_MAX_INEXACT) == 0,
                hasNan);
    }

    private static Object bound(MemorySegment segment, Physical physical, long offset) {
        return fixedValue(
                physical, BlockDescriptor.getLong(segment, offset), BlockDescriptor.getLong(segment, offset + 8));
    }
}
