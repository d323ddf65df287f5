package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import org.jspecify.annotations.Nullable;

/** Values whose physical form is a signed 128-bit integer: row {@code i} is {@code high[i] * 2^64 + unsigned low[i]}. */
public record Int128Column(DataType type, int size, long[] low, long[] high, long @Nullable [] validity)
        implements Column {
    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : Int128.toBigInteger(low[row], high[row]);
    }

    @Override
    public long memoryBytes() {
        return 16L * low.length + (validity == null ? 0 : 8L * validity.length);
    }
}
