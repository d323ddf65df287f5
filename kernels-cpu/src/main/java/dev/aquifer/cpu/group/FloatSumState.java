package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.merge.FloatSum;
import java.util.Arrays;

/** SUM of floats, the same in any order ({@link FloatSum}). */
final class FloatSumState extends GroupState {
    private long[] sums = new long[0];
    private boolean[] seen = new boolean[0];

    @Override
    int groupBytes() {
        return 8 * FloatSum.LONGS + 1;
    }

    @Override
    void grow(int capacity) {
        sums = Arrays.copyOf(sums, FloatSum.LONGS * capacity);
        seen = Arrays.copyOf(seen, capacity);
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        double[] values = arg.doubles();
        for (int i = 0; i < numbers.count(); i++) {
            int group = groups[rows[i]];
            FloatSum.add(sums, FloatSum.LONGS * group, values[rows[i]]);
            seen[group] = true;
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        double[] values = arg.doubles();
        for (int i = from; i < to; i++) {
            FloatSum.add(sums, FloatSum.LONGS * group, values[rows[i]]);
        }
        seen[group] |= to > from;
    }

    @Override
    void append(ColumnBuilder builder, int group) {
        if (!seen[group]) {
            builder.appendNull();
            return;
        }
        byte[] bytes = FloatSum.encode(sums, FloatSum.LONGS * group).array();
        builder.appendBytes(bytes, 0, bytes.length);
    }
}
