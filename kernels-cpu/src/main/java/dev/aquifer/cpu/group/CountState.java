package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;

/** COUNT: of rows, or of those whose argument is not null, which the caller has seen to. */
final class CountState extends GroupState {
    private final LongPages counts;

    CountState(MemoryReservation memory) {
        super(memory);
        this.counts = new LongPages(1, memory);
    }

    @Override
    void grow(int groups) {
        counts.reserve(groups);
    }

    void count(int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        long[][] pages = counts.pages();
        if (pages.length == 1) {
            long[] page = pages[0];
            for (int i = 0; i < count; i++) {
                page[groups[rows[i]]]++;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int group = groups[rows[i]];
            pages[group >>> LongPages.SHIFT][group & LongPages.MASK]++;
        }
    }

    void count(int group, long rows) {
        counts.page(group)[counts.at(group)] += rows;
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
    void addMasked(Register arg, int group, long[] bits) {
        count(group, Bits.count(bits));
    }

    @Override
    void merge(GroupState other, int[] from, int[] to, int count) {
        CountState counted = (CountState) other;
        for (int i = 0; i < count; i++) {
            count(to[i], counted.counts.get(from[i]));
        }
    }

    @Override
    LongPages plainValues() {
        return counts;
    }

    @Override
    int compare(int left, int right) {
        return Long.compare(counts.get(left), counts.get(right));
    }

    @Override
    boolean mayBeNull() {
        return false;
    }

    @Override
    boolean isNull(int group) {
        return false;
    }

    @Override
    void appendValue(ColumnBuilder builder, int group) {
        builder.appendLong(counts.get(group));
    }
}
