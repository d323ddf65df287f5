package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * VARCHAR or BINARY values: row {@code i} is {@code data[offsets[i] .. offsets[i + 1])}.
 *
 * @param offsets {@code size + 1} offsets into {@code data}, ascending; null rows have length 0
 */
public record BytesColumn(DataType type, int size, byte[] data, int[] offsets, long @Nullable [] validity)
        implements Column {
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Orders the bytes of two rows as unsigned. */
    public int compare(int left, int right) {
        return Arrays.compareUnsigned(data, offsets[left], offsets[left + 1], data, offsets[right], offsets[right + 1]);
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : Bytes.copyOf(data, offsets[row], offsets[row + 1]);
    }

    @Override
    public long memoryBytes() {
        return data.length + 4L * offsets.length + (validity == null ? 0 : 8L * validity.length);
    }
}
