package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.FloatSum;

/** SUM of floats, the same in any order ({@link FloatSum}). */
final class FloatSumState extends GroupState {
    private final LongPages sums;

    FloatSumState(MemoryReservation memory) {
        super(memory);
        this.sums = new LongPages(FloatSum.LONGS, memory);
    }

    @Override
    void grow(int groups) {
        sums.reserve(groups);
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        double[] values = arg.doubles();
        for (int i = 0; i < numbers.count(); i++) {
            int group = groups[rows[i]];
            FloatSum.add(sums.page(group), sums.at(group), values[rows[i]]);
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        double[] values = arg.doubles();
        for (int i = from; i < to; i++) {
            FloatSum.add(sums.page(group), sums.at(group), values[rows[i]]);
        }
    }

    @Override
    void merge(GroupState other, int[] from, int[] to, int count) {
        LongPages added = ((FloatSumState) other).sums;
        for (int i = 0; i < count; i++) {
            FloatSum.merge(sums.page(to[i]), sums.at(to[i]), added.page(from[i]), added.at(from[i]));
        }
    }

    @Override
    boolean isComparable() {
        return false;
    }

    @Override
    int compare(int left, int right) {
        return Double.compare(
                FloatSum.value(sums.page(left), sums.at(left)), FloatSum.value(sums.page(right), sums.at(right)));
    }

    @Override
    void appendValue(ColumnBuilder builder, int group) {
        byte[] bytes = FloatSum.encode(sums.page(group), sums.at(group)).array();
        builder.appendBytes(bytes, 0, bytes.length);
    }
}
