package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import java.util.Arrays;

/** COUNT: of rows, or of those whose argument is not null, which the caller has seen to. */
final class CountState extends GroupState {
    private long[] counts = new long[0];

    @Override
    int groupBytes() {
        return Long.BYTES;
    }

    @Override
    void grow(int capacity) {
        counts = Arrays.copyOf(counts, capacity);
    }

    void count(int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        for (int i = 0; i < count; i++) {
            counts[groups[rows[i]]]++;
        }
    }

    void count(int group, int rows) {
        counts[group] += rows;
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers rows) {
        count(groups, rows);
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        count(group, to - from);
    }

    @Override
    void append(ColumnBuilder builder, int group) {
        builder.appendLong(counts[group]);
    }
}
