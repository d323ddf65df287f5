package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** One column of a stripe as its file gives it: decoded values, or codes of the file's own dictionary. */
public sealed interface StripeColumn permits Column, CodedColumn {
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

    /** The values themselves. */
    Column decoded();
}
