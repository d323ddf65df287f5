package dev.aquifer.service.hydrate;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** Columns that no file holds: values that the path tells, and columns that a file was written without. */
final class ConstantColumns {
    private ConstantColumns() {}

    /** @param value a physical value of the type, or null */
    static Column of(DataType type, @Nullable Object value, int rows) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        for (int row = 0; row < rows; row++) {
            builder.append(value);
        }
        return builder.build();
    }

    /** Stripes of a row group. */
    static int stripes(long rows) {
        return Math.toIntExact(Stripes.count(rows));
    }

    /** Rows of one of its stripes. */
    static int rows(long rows, int stripe) {
        return (int) Math.min(Stripes.MAX_ROWS, rows - (long) stripe * Stripes.MAX_ROWS);
    }
}
