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

    /** Of a column with a value that is not null; null where there are {@code most} or more, or one a row. */
    static @Nullable Runs of(LongColumn column, int most) {
        int first = 0;
        while (column.isNull(first)) {
            first++;
        }
        int tooMany = Math.min(most, column.size());
        int count = count(column, first, tooMany);
        if (count >= tooMany) {
            return null;
        }
        long[] values = column.values();
        long[] found = new long[count];
        int[] ends = new int[count];
        int runs = 0;
        found[0] = values[first];
        for (int row = first + 1; row < column.size(); row++) {
            if (values[row] != found[runs] && !column.isNull(row)) {
                ends[runs++] = row;
                found[runs] = values[row];
            }
        }
        ends[runs] = column.size();
        return new Runs(new LongColumn(column.type(), count, found, null), ends);
    }

    /** How many there are from the first value on, or so many. Most columns have too many, and are told soon. */
    private static int count(LongColumn column, int first, int tooMany) {
        long[] values = column.values();
        long current = values[first];
        int runs = 1;
        for (int row = first + 1; row < column.size() && runs < tooMany; row++) {
            if (values[row] != current && !column.isNull(row)) {
                current = values[row];
                runs++;
            }
        }
        return runs;
    }
}
