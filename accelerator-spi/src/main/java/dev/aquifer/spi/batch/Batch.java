package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as columns of equal length. A batch may have rows and no columns ({@code count(*)} over a projection of
 * nothing).
 */
public record Batch(int rows, List<Column> columns) {
    public Batch {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException("column of " + column.size() + " rows in a batch of " + rows);
            }
        }
    }

    /** A batch of no rows. */
    public static Batch empty(List<DataType> types) {
        List<Column> columns = new ArrayList<>();
        for (DataType type : types) {
            columns.add(new ColumnBuilder(type, 0).build());
        }
        return new Batch(0, columns);
    }

    public Column column(int index) {
        return columns.get(index);
    }

    public List<DataType> types() {
        return columns.stream().map(Column::type).toList();
    }

    /** One row as boxed physical values, for tests and small results. */
    public List<@Nullable Object> row(int index) {
        List<@Nullable Object> row = new ArrayList<>(columns.size());
        for (Column column : columns) {
            row.add(column.value(index));
        }
        return row;
    }

    public long memoryBytes() {
        long bytes = 0;
        for (Column column : columns) {
            bytes += column.memoryBytes();
        }
        return bytes;
    }
}
