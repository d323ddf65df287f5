package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** Values whose physical form is a signed 64-bit integer. */
public record LongColumn(DataType type, int size, long[] values, long @Nullable [] validity) implements Column {
    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : (Object) values[row];
    }

    @Override
    public long memoryBytes() {
        return 8L * values.length + (validity == null ? 0 : 8L * validity.length);
    }
}
