package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** A decoded column: values of one type, some of them null. Values at null rows are unspecified. */
public sealed interface Column permits BoolColumn, LongColumn, Int128Column, DoubleColumn, BytesColumn {
    DataType type();

    /** Rows. Arrays inside may be longer. */
    int size();

    /** The validity bitmap ({@link Bitmap}), or null where no row is null. */
    long @Nullable [] validity();

    default boolean isNull(int row) {
        long[] validity = validity();
        return validity != null && !Bitmap.get(validity, row);
    }

    default int nullCount() {
        long[] validity = validity();
        return validity == null ? 0 : size() - Bitmap.count(validity, size());
    }

    /** The physical value at a row, boxed; for tests, the reference device and small results. */
    @Nullable
    Object value(int row);

    /** Bytes of memory held, for budgets. */
    long memoryBytes();
}
