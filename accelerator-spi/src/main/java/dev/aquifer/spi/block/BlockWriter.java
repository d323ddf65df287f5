package dev.aquifer.spi.block;

import static dev.aquifer.spi.block.BlockDescriptor.INT;
import static dev.aquifer.spi.block.BlockDescriptor.LONG;

import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.TypeKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays out one block: sizes the areas, writes header, validity and zone map, and seals it with the checksum. */
final class BlockWriter {
    private final Column column;
    private final ZoneMap zone;
    private final SegmentAllocator allocator;
    private final DataType type;
    private final Physical physical;
    private final int rows;

    BlockWriter(Column column, ZoneMap zone, SegmentAllocator allocator) {
        if (column.size() < 1 || column.size() > Stripes.MAX_ROWS) {
            throw new IllegalArgumentException("a block has 1 to " + Stripes.MAX_ROWS + " rows, not " + column.size());
        }
        this.column = column;
        this.zone = zone;
        this.allocator = allocator;
        this.type = column.type();
        this.physical = type.physical();
        this.rows = column.size();
    }

    ZoneMap zone() {
        return zone;
    }

    Block allNull() {
        return finish(begin(Encoding.CONSTANT, 0, 0));
    }

    Block constant(Object value) {
        List<Object> values = List.of(value);
        boolean bytes = physical == Physical.BYTES;
        Areas areas = begin(Encoding.CONSTANT, bytes ? ValueArea.bytes(physical, values) : 0, 0);
        if (bytes) {
            ValueArea.write(physical, values, areas.block, areas.data);
        } else {
            setBase(areas.block, ZoneMaps.lowBits(value), ZoneMaps.highBits(value));
        }
        return finish(areas);
    }

    /** @param codes unsigned codes, one a row, anything below two to the width at null rows */
    Block packed(long[] codes, int width, long baseLow, long baseHigh, long factor) {
        Areas areas = begin(Encoding.PACKED, Packing.bytes(width, rows), 0);
        setBase(areas.block, baseLow, baseHigh);
        areas.block.set(LONG, BlockDescriptor.FACTOR_OFFSET, factor);
        pack(areas, codes, width);
        return finish(areas);
    }

    Block dictionary(List<Object> values) {
        Map<Object, Long> codeOf = new HashMap<>();
        for (Object value : values) {
            codeOf.put(value, (long) codeOf.size());
        }
        long[] codes = new long[rows];
        for (int row = 0; row < rows; row++) {
            Object value = column.value(row);
            codes[row] = value == null ? 0 : Objects.requireNonNull(codeOf.get(value));
        }
        return dictionary(values, codes);
    }

    Block dictionary(List<Object> values, long[] codes) {
        int width = Packing.width(values.size() - 1L);
        Areas areas = begin(Encoding.DICTIONARY, Packing.bytes(width, rows), ValueArea.bytes(physical, values));
        areas.block.set(INT, BlockDescriptor.COUNT_OFFSET, values.size());
        pack(areas, codes, width);
        ValueArea.write(physical, values, areas.block, areas.aux);
        return finish(areas);
    }

    /** Runs of equal values; null rows join the run before them. */
    Block runs() {
        List<Object> values = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Object current = firstValue();
        for (int row = 0; row < rows; row++) {
            Object value = column.value(row);
            if (value != null && !value.equals(current)) {
                values.add(current);
                ends.add(row);
                current = value;
            }
        }
        values.add(current);
        ends.add(rows);
        Areas areas = begin(Encoding.RUN_LENGTH, ValueArea.bytes(physical, values), 4L * ends.size());
        areas.block.set(INT, BlockDescriptor.COUNT_OFFSET, values.size());
        ValueArea.write(physical, values, areas.block, areas.data);
        for (int run = 0; run < ends.size(); run++) {
            areas.block.set(INT, areas.aux + 4L * run, ends.get(run));
        }
        return finish(areas);
    }

    private Object firstValue() {
        for (int row = 0; row < rows; row++) {
            Object value = column.value(row);
            if (value != null) {
                return value;
            }
        }
        throw new IllegalStateException("an all-null column is a CONSTANT");
    }

    Block plain() {
        int padded = Stripes.vectors(rows) * Stripes.VECTOR_ROWS;
        return switch (column) {
            case BoolColumn bools -> {
                Areas areas = begin(Encoding.PLAIN, padded / 8, 0);
                copyLongs(bools.bits(), (rows + 63) >>> 6, areas.block, areas.data);
                yield finish(areas);
            }
            case DoubleColumn doubles -> {
                boolean single = type.kind() == TypeKind.FLOAT32;
                Areas areas = begin(Encoding.PLAIN, (single ? 4L : 8L) * padded, 0);
                if (single) {
                    for (int row = 0; row < rows; row++) {
                        areas.block.set(BlockDescriptor.FLOAT, areas.data + 4L * row, (float) doubles.values()[row]);
                    }
                } else {
                    MemorySegment.copy(doubles.values(), 0, areas.block, BlockDescriptor.DOUBLE, areas.data, rows);
                }
                yield finish(areas);
            }
            case Int128Column wide -> {
                Areas areas = begin(Encoding.PLAIN, 16L * padded, 0);
                for (int row = 0; row < rows; row++) {
                    areas.block.set(LONG, areas.data + 16L * row, wide.low()[row]);
                    areas.block.set(LONG, areas.data + 16L * row + 8, wide.high()[row]);
                }
                yield finish(areas);
            }
            case BytesColumn bytes -> {
                int from = bytes.offsets()[0];
                int length = bytes.offsets()[rows] - from;
                Areas areas = begin(Encoding.PLAIN, 4L * (rows + 1) + length, 0);
                for (int row = 0; row <= rows; row++) {
                    areas.block.set(INT, areas.data + 4L * row, bytes.offsets()[row] - from);
                }
                MemorySegment.copy(
                        bytes.data(), from, areas.block, ValueLayout.JAVA_BYTE, areas.data + 4L * (rows + 1), length);
                yield finish(areas);
            }
            case LongColumn longs -> throw new IllegalArgumentException("LONG values are PACKED, not PLAIN");
        };
    }

    private void pack(Areas areas, long[] codes, int width) {
        areas.block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.WIDTH_OFFSET, (byte) width);
        for (int from = 0; from < rows; from += Stripes.VECTOR_ROWS) {
            int to = Math.min(rows, from + Stripes.VECTOR_ROWS);
            long offset = areas.data + (long) (from / Stripes.VECTOR_ROWS) * Packing.vectorBytes(width);
            Packing.pack(codes, from, to, width, areas.block, offset);
        }
    }

    private static void setBase(MemorySegment block, long low, long high) {
        block.set(LONG, BlockDescriptor.BASE_LOW_OFFSET, low);
        block.set(LONG, BlockDescriptor.BASE_HIGH_OFFSET, high);
    }

    private static void copyLongs(long[] source, int words, MemorySegment target, long offset) {
        MemorySegment.copy(source, 0, target, LONG, offset, words);
    }

    private record Areas(MemorySegment block, long data, long aux, long zone) {}

    private Areas begin(Encoding encoding, long dataBytes, long auxBytes) {
        long[] validity = column.validity();
        int nulls = column.nullCount();
        boolean hasValidity = nulls != 0 && nulls != rows;
        long validityBytes = hasValidity ? (long) Stripes.vectors(rows) * Stripes.VECTOR_ROWS / 8 : 0;
        long validityArea = BlockDescriptor.HEADER_BYTES;
        long data = BlockDescriptor.align(validityArea + validityBytes);
        long aux = BlockDescriptor.align(data + dataBytes);
        long zoneArea = BlockDescriptor.align(aux + auxBytes);
        long length = BlockDescriptor.align(zoneArea + ZoneMaps.areaBytes(zone));
        if (length > Integer.MAX_VALUE) {
            throw new AquiferException(
                    ErrorCode.MEMORY_EXCEEDED, "a block of " + rows + " rows would take " + length + " bytes");
        }
        MemorySegment block = allocator.allocate(length, BlockDescriptor.AREA_ALIGNMENT);
        block.fill((byte) 0);
        block.set(INT, BlockDescriptor.MAGIC_OFFSET, BlockDescriptor.MAGIC);
        block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.VERSION_OFFSET, (byte) BlockDescriptor.VERSION);
        block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.KIND_OFFSET, (byte)
                type.kind().code());
        block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.PRECISION_OFFSET, (byte) type.precision());
        block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.SCALE_OFFSET, (byte) type.scale());
        block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.ENCODING_OFFSET, (byte) encoding.code());
        block.set(INT, BlockDescriptor.ROWS_OFFSET, rows);
        block.set(INT, BlockDescriptor.NULLS_OFFSET, nulls);
        block.set(INT, BlockDescriptor.LENGTH_OFFSET, (int) length);
        block.set(INT, BlockDescriptor.DATA_AREA_OFFSET, (int) data);
        block.set(INT, BlockDescriptor.AUX_AREA_OFFSET, auxBytes == 0 ? 0 : (int) aux);
        if (hasValidity) {
            writeValidity(validity, block, validityArea);
        }
        return new Areas(block, data, aux, zoneArea);
    }

    private void writeValidity(long @Nullable [] validity, MemorySegment block, long offset) {
        block.set(INT, BlockDescriptor.VALIDITY_AREA_OFFSET, (int) offset);
        copyLongs(Objects.requireNonNull(validity), (rows + 63) >>> 6, block, offset);
    }

    private Block finish(Areas areas) {
        ZoneMaps.write(zone, areas.block, areas.zone);
        areas.block.set(INT, BlockDescriptor.CHECKSUM_OFFSET, Checksum.of(areas.block));
        return Block.wrap(areas.block);
    }
}
