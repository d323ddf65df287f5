package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.CodedColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.batch.StripeColumn;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/**
 * Turns a decoded column into a block, in the encoding that is smallest among those that stay quick to scan. Every
 * encoding can also be asked for by name, which tests and benchmarks do.
 */
public final class BlockEncoder {
    private BlockEncoder() {}

    /**
     * Encodes a column of 1 to 65,536 rows.
     *
     * @param allocator gives the block's memory, whatever is in it; asked once, for the exact length
     */
    public static Block encode(StripeColumn column, SegmentAllocator allocator) {
        return switch (column) {
            case CodedColumn coded -> CodedEncoder.encode(coded, allocator);
            case Column decoded -> encodeValues(decoded, allocator);
        };
    }

    private static Block encodeValues(Column column, SegmentAllocator allocator) {
        ZoneMap zone = ZoneMaps.of(column);
        BlockWriter writer = new BlockWriter(column, zone, allocator);
        if (zone.allNull()) {
            return writer.allNull();
        }
        return switch (column) {
            case BoolColumn bools -> BoolEncoder.encode(bools, writer);
            case LongColumn longs -> LongEncoder.encode(longs, writer);
            case Int128Column wide -> Int128Encoder.encode(wide, writer);
            case DoubleColumn doubles -> DoubleEncoder.encode(doubles, writer);
            case BytesColumn bytes -> BytesEncoder.encode(bytes, writer);
        };
    }

    /** Whether a column can be held in an encoding. */
    public static boolean supports(Column column, Encoding encoding) {
        if (column.size() == column.nullCount()) {
            return encoding == Encoding.CONSTANT;
        }
        return switch (encoding) {
            case CONSTANT -> DistinctValues.of(column).size() == 1;
            case PACKED ->
                switch (column) {
                    case LongColumn longs -> true;
                    case Int128Column wide -> Int128Encoder.rangeFits(wide);
                    case BoolColumn bools -> false;
                    case DoubleColumn doubles -> false;
                    case BytesColumn bytes -> false;
                };
            case DICTIONARY, RUN_LENGTH -> !(column instanceof BoolColumn);
            case PLAIN -> !(column instanceof LongColumn);
        };
    }

    /**
     * Encodes a column in the given encoding.
     *
     * @throws IllegalArgumentException if {@link #supports} says no
     */
    public static Block encode(Column column, Encoding encoding, SegmentAllocator allocator) {
        if (!supports(column, encoding)) {
            throw new IllegalArgumentException(column.type() + " of these values cannot be held as " + encoding);
        }
        BlockWriter writer = new BlockWriter(column, ZoneMaps.of(column), allocator);
        if (column.size() == column.nullCount()) {
            return writer.allNull();
        }
        return switch (encoding) {
            case CONSTANT -> writer.constant(DistinctValues.of(column).getFirst());
            case PACKED ->
                switch (column) {
                    case LongColumn longs -> LongEncoder.packed(longs, writer);
                    case Int128Column wide -> Int128Encoder.packed(wide, writer);
                    case BoolColumn bools -> throw new IllegalStateException("checked by supports");
                    case DoubleColumn doubles -> throw new IllegalStateException("checked by supports");
                    case BytesColumn bytes -> throw new IllegalStateException("checked by supports");
                };
            case DICTIONARY -> {
                List<Object> distinct = DistinctValues.of(column);
                yield writer.dictionary(
                        ColumnBuilder.of(column.type(), distinct), DistinctValues.codes(column, distinct));
            }
            case RUN_LENGTH -> writer.runs(Runs.of(column));
            case PLAIN -> writer.plain();
        };
    }
}
