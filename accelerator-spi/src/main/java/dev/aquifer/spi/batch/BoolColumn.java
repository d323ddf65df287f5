package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * BOOLEAN values as a bitmap.
 *
 * @param bits one bit a row ({@link Bitmap})
 */
public record BoolColumn(int size, long[] bits, long @Nullable [] validity) implements Column {
    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : (Object) Bitmap.get(bits, row);
    }

    @Override
    public long memoryBytes() {
        return 8L * bits.length + (validity == null ? 0 : 8L * validity.length);
    }
}
