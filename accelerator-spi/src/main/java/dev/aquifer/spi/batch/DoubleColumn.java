package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** FLOAT64 values, or FLOAT32 values widened without loss. */
public record DoubleColumn(DataType type, int size, double[] values, long @Nullable [] validity) implements Column {
    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : (Object) values[row];
    }

    @Override
    public long memoryBytes() {
        return 8L * values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
