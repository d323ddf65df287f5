package dev.aquifer.spi.block;

import static dev.aquifer.spi.block.BlockDescriptor.INT;
import static dev.aquifer.spi.block.BlockDescriptor.LONG;

import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.TypeKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays out one block: sizes the areas, writes header, validity and zone map, and seals it with the checksum. */
final class BlockWriter {
    private final StripeColumn column;
    private final ZoneMap zone;
    private final SegmentAllocator allocator;
    private final DataType type;
    private final Physical physical;
    private final int rows;

    BlockWriter(StripeColumn column, ZoneMap zone, SegmentAllocator allocator) {
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
        if (physical == Physical.BYTES) {
            Column one = ColumnBuilder.of(type, List.of(value));
            Areas areas = begin(Encoding.CONSTANT, ValueArea.bytes(one), 0);
            ValueArea.write(one, areas.block, areas.data);
            return finish(areas);
        }
        Areas areas = begin(Encoding.CONSTANT, 0, 0);
        setBase(areas.block, ZoneMaps.lowBits(value), ZoneMaps.highBits(value));
        return finish(areas);
    }

    /** The column's codes in a frame of its values. */
    Block packed(LongColumn values, LongFrame frame) {
        Areas areas = beginPacked(frame.width(), frame.base(), frame.base() >> 63, frame.factor());
        new Packer(frame.width()).block(values, frame, areas.block, areas.data);
        return finish(areas);
    }

    /** @param codes unsigned codes, one a row, anything below two to the width at null rows */
    Block packed(long[] codes, int width, long baseLow, long baseHigh, long factor) {
        Areas areas = beginPacked(width, baseLow, baseHigh, factor);
        new Packer(width).block(codes, rows, areas.block, areas.data);
        return finish(areas);
    }

    private Areas beginPacked(int width, long baseLow, long baseHigh, long factor) {
        Areas areas = begin(Encoding.PACKED, Packing.bytes(width, rows), 0);
        setBase(areas.block, baseLow, baseHigh);
        areas.block.set(LONG, BlockDescriptor.FACTOR_OFFSET, factor);
        areas.block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.WIDTH_OFFSET, (byte) width);
        return areas;
    }

    /**
     * @param values ascending, each once
     * @param codes places in the values, any of them at null rows
     */
    Block dictionary(Column values, int[] codes) {
        int width = Packing.width(values.size() - 1L);
        Areas areas = begin(Encoding.DICTIONARY, Packing.bytes(width, rows), ValueArea.bytes(values));
        areas.block.set(INT, BlockDescriptor.COUNT_OFFSET, values.size());
        areas.block.set(ValueLayout.JAVA_BYTE, BlockDescriptor.WIDTH_OFFSET, (byte) width);
        new Packer(width).block(codes, rows, areas.block, areas.data);
        ValueArea.write(values, areas.block, areas.aux);
        return finish(areas);
    }

    Block runs(Runs runs) {
        int count = runs.ends().length;
        Areas areas = begin(Encoding.RUN_LENGTH, ValueArea.bytes(runs.values()), 4L * count);
        areas.block.set(INT, BlockDescriptor.COUNT_OFFSET, count);
        ValueArea.write(runs.values(), areas.block, areas.data);
        MemorySegment.copy(runs.ends(), 0, areas.block, INT, areas.aux, count);
        return finish(areas);
    }

    Block plain() {
        int padded = Stripes.vectors(rows) * Stripes.VECTOR_ROWS;
        return switch (column.decoded()) {
            case BoolColumn bools -> {
                Areas areas = begin(Encoding.PLAIN, padded / 8, 0);
                int words = (rows + 63) >>> 6;
                copyLongs(bools.bits(), words, areas.block, areas.data);
                clear(areas.block, areas.data + 8L * words, areas.data + padded / 8);
                yield finish(areas);
            }
            case DoubleColumn doubles
            when type.kind() == TypeKind.FLOAT32 -> {
                Areas areas = begin(Encoding.PLAIN, 4L * padded, 0);
                for (int row = 0; row < rows; row++) {
                    areas.block.set(BlockDescriptor.FLOAT, areas.data + 4L * row, (float) doubles.values()[row]);
                }
                clear(areas.block, areas.data + 4L * rows, areas.data + 4L * padded);
                yield finish(areas);
            }
            case DoubleColumn doubles -> plain(doubles, 8L * rows, 8L * padded);
            case Int128Column wide -> plain(wide, 16L * rows, 16L * padded);
            case BytesColumn bytes -> plain(bytes, ValueArea.bytes(bytes), ValueArea.bytes(bytes));
            case LongColumn longs -> throw new IllegalArgumentException("LONG values are PACKED, not PLAIN");
        };
    }

    /** Plain values that lie as in a value area. */
    private Block plain(Column values, long bytes, long paddedBytes) {
        Areas areas = begin(Encoding.PLAIN, paddedBytes, 0);
        ValueArea.write(values, areas.block, areas.data);
        clear(areas.block, areas.data + bytes, areas.data + paddedBytes);
        return finish(areas);
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
        // What codes and values fill is not cleared first: most of a block is written once.
        clear(block, 0, data);
        clear(block, data + dataBytes, aux);
        clear(block, aux + auxBytes, length);
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

    private static void clear(MemorySegment block, long from, long to) {
        block.asSlice(from, to - from).fill((byte) 0);
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
