package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs of equal values; null rows join the run before them, and those at the beginning the first one.
 *
 * @param values one a run
 * @param ends exclusive row numbers, ascending
 */
record Runs(Column values, int[] ends) {
    /** Of any column with a value that is not null. */
    static Runs of(Column column) {
        ColumnBuilder values = new ColumnBuilder(column.type(), 16);
        int[] ends = new int[column.size()];
        Object current = null;
        for (int row = 0; row < column.size(); row++) {
            Object value = column.value(row);
            if (value != null && !value.equals(current)) {
                if (current != null) {
                    ends[values.size() - 1] = row;
                }
                values.append(value);
                current = value;
            }
        }
        ends[values.size() - 1] = column.size();
        return new Runs(values.build(), Arrays.copyOf(ends, values.size()));
    }

    /** Of a column with a value that is not null; null where there are more than {@code most}. */
    static @Nullable Runs of(LongColumn column, int most) {
        long[] values = column.values();
        int first = 0;
        while (column.isNull(first)) {
            first++;
        }
        long[] found = new long[Math.min(most, column.size())];
        int[] ends = new int[found.length];
        int runs = 0;
        long current = values[first];
        for (int row = first + 1; row < column.size(); row++) {
            if (values[row] != current && !column.isNull(row)) {
                if (runs + 1 >= found.length) {
                    return null;
                }
                found[runs] = current;
                ends[runs++] = row;
                current = values[row];
            }
        }
        if (runs == found.length) {
            return null;
        }
        found[runs] = current;
        ends[runs++] = column.size();
        return new Runs(new LongColumn(column.type(), runs, found, null), Arrays.copyOf(ends, runs));
    }
}
