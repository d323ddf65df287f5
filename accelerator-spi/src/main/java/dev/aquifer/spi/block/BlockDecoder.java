package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Decodes blocks value by value: the truth that fast decoders are held against. */
public final class BlockDecoder {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private BlockDecoder() {}

    /** All rows of a block. */
    public static Column decode(Block block) {
        ColumnBuilder builder = new ColumnBuilder(block.type(), block.rows());
        for (int row = 0; row < block.rows(); row++) {
            builder.append(value(block, row));
        }
        return builder.build();
    }

    public static boolean isNull(Block block, int row) {
        int validity = block.validityOffset();
        if (validity == 0) {
            return block.nullCount() == block.rows();
        }
        long word = BlockDescriptor.getLong(block.segment(), validity + 8L * (row >>> 6));
        return (word >>> row & 1) == 0;
    }

    /** The boxed physical value at a row. */
    public static @Nullable Object value(Block block, int row) {
        if (isNull(block, row)) {
            return null;
        }
        MemorySegment segment = block.segment();
        Physical physical = block.physical();
        int data = block.dataOffset();
        return switch (block.encoding()) {
            case CONSTANT ->
                physical == Physical.BYTES
                        ? ValueArea.read(physical, segment, data, 1, 0)
                        : ZoneMaps.fixedValue(physical, block.baseLow(), block.baseHigh());
            case PACKED -> unframe(block, code(block, row));
            case DICTIONARY ->
                ValueArea.read(physical, segment, block.auxOffset(), block.count(), (int) code(block, row));
            case RUN_LENGTH -> ValueArea.read(physical, segment, data, block.count(), runOf(block, row));
            case PLAIN ->
                switch (physical) {
                    case BOOL -> {
                        long word = BlockDescriptor.getLong(segment, data + 8L * (row >>> 6));
                        yield (word >>> row & 1) != 0;
                    }
                    case LONG -> BlockDescriptor.getLong(segment, data + 8L * row);
                    case DOUBLE -> plainDouble(block, row);
                    case INT128, BYTES -> ValueArea.read(physical, segment, data, block.rows(), row);
                };
        };
    }

    private static Double plainDouble(Block block, int row) {
        return switch (block.type().kind()) {
            case FLOAT32 -> (double) block.segment().get(BlockDescriptor.FLOAT, block.dataOffset() + 4L * row);
            case FLOAT64 -> block.segment().get(BlockDescriptor.DOUBLE, block.dataOffset() + 8L * row);
            case BOOLEAN, INT8, INT16, INT32, INT64, DECIMAL, DATE, TIMESTAMP, VARCHAR, BINARY ->
                throw new IllegalStateException(block + " is not a float");
        };
    }

    private static long code(Block block, int row) {
        long vector = block.dataOffset() + (long) (row / Stripes.VECTOR_ROWS) * Packing.vectorBytes(block.width());
        return Packing.get(block.segment(), vector, block.width(), row % Stripes.VECTOR_ROWS);
    }

    private static Object unframe(Block block, long code) {
        return switch (block.physical()) {
            case LONG -> block.baseLow() + block.factor() * code;
            case INT128 -> {
                BigInteger unsigned = BigInteger.valueOf(code);
                unsigned = unsigned.signum() < 0 ? unsigned.add(TWO_TO_64) : unsigned;
                yield Int128.toBigInteger(block.baseLow(), block.baseHigh()).add(unsigned);
            }
            case BOOL, DOUBLE, BYTES -> throw new IllegalStateException(block + " cannot be packed");
        };
    }

    /** The run that a row is in: the first whose end is past the row. */
    private static int runOf(Block block, int row) {
        int low = 0;
        int high = block.count() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (BlockDescriptor.getInt(block.segment(), block.auxOffset() + 4L * middle) > row) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The validity bitmap as words, or null where no row is null. */
    public static long @Nullable [] validity(Block block) {
        if (!block.hasNulls()) {
            return null;
        }
        long[] words = new long[Bitmap.words(block.rows())];
        if (block.validityOffset() != 0) {
            MemorySegment.copy(
                    block.segment(), ValueLayout.JAVA_LONG_UNALIGNED, block.validityOffset(), words, 0, words.length);
        }
        return words;
    }
}
