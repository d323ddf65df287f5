package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.LongSums;
import dev.aquifer.cpu.vector.MaskedLongs;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.AggregateState;
import dev.aquifer.spi.merge.WideSum;
import org.jspecify.annotations.Nullable;

/**
 * SUM of integers and decimals, exact. Small values are added up in 64 bits, for as long as their bounds say that it cannot
 * wrap; wide sums are there only once something went into them.
 */
final class SumState extends GroupState {
    /** Values up to this add up 1,024 times within half of 63 bits. */
    private static final long SMALL = 1L << 52;

    private static final long MOST_PENDING = 1L << 62;

    private final boolean travelsWide;
    private final LongPages pending;
    private @Nullable LongPages sums;
    private int groups;
    private long pendingBound;

    SumState(AggregateState.Kind kind, MemoryReservation memory) {
        super(memory);
        this.travelsWide = kind == AggregateState.Kind.WIDE_SUM;
        this.pending = new LongPages(1, memory);
    }

    @Override
    void grow(int wanted) {
        pending.reserve(wanted);
        LongPages wide = sums;
        if (wide != null) {
            wide.reserve(wanted);
        }
        groups = wanted;
    }

    private LongPages wide() {
        LongPages wide = sums;
        if (wide == null) {
            wide = new LongPages(WideSum.LONGS, memory);
            wide.reserve(groups);
            sums = wide;
        }
        return wide;
    }

    /** Whether {@code count} values may be added to what is pending, and are about to be: if so their bound is. */
    boolean isSmall(Register arg, int count) {
        if (!arg.narrow() || arg.min() < -SMALL || arg.max() > SMALL) {
            return false;
        }
        reservePending(Math.max(Math.abs(arg.min()), Math.abs(arg.max())) * count);
        return true;
    }

    private void reservePending(long more) {
        // Not a sum, which may wrap: the bound of one vector can be all there is.
        if (more > MOST_PENDING - pendingBound) {
            flush();
        }
        pendingBound += more;
    }

    private void flush() {
        LongPages wide = wide();
        for (int group = 0; group < groups; group++) {
            long value = pending.get(group);
            if (value != 0) {
                WideSum.add(wide.page(group), wide.at(group), value);
                pending.set(group, 0);
            }
        }
        pendingBound = 0;
    }

    @Override
    void add(Register arg, int[] groupOf, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        long[] values = arg.longs();
        if (isSmall(arg, count)) {
            if (numbers.inOrder()) {
                addFirst(values, groupOf, count);
            } else {
                addSmall(values, groupOf, rows, count);
            }
            return;
        }
        LongPages wide = wide();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groupOf[row];
            WideSum.add(wide.page(group), wide.at(group), values[row], arg.high(row));
        }
    }

    private void addFirst(long[] values, int[] groupOf, int count) {
        long[][] pages = pending.pages();
        if (pages.length == 1) {
            long[] page = pages[0];
            for (int row = 0; row < count; row++) {
                page[groupOf[row]] += values[row];
            }
            return;
        }
        for (int row = 0; row < count; row++) {
            int group = groupOf[row];
            pages[group >>> LongPages.SHIFT][group & LongPages.MASK] += values[row];
        }
    }

    private void addSmall(long[] values, int[] groupOf, int[] rows, int count) {
        long[][] pages = pending.pages();
        if (pages.length == 1) {
            long[] page = pages[0];
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                page[groupOf[row]] += values[row];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groupOf[row];
            pages[group >>> LongPages.SHIFT][group & LongPages.MASK] += values[row];
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        long[] values = arg.longs();
        if (isSmall(arg, to - from)) {
            pending.page(group)[pending.at(group)] +=
                    inOrder ? LongSums.sum(values, from, to) : LongSums.sum(values, rows, from, to);
            return;
        }
        LongPages wide = wide();
        for (int i = from; i < to; i++) {
            WideSum.add(wide.page(group), wide.at(group), values[rows[i]], arg.high(rows[i]));
        }
    }

    @Override
    void addMasked(Register arg, int group, long[] bits) {
        int count = Bits.count(bits);
        if (MaskedLongs.pays(count) && isSmall(arg, count)) {
            addSum(group, MaskedLongs.sum(arg.longs(), bits));
        } else {
            super.addMasked(arg, group, bits);
        }
    }

    /** Takes the sum of values for which {@link #isSmall} was asked. */
    void addSum(int group, long sum) {
        pending.page(group)[pending.at(group)] += sum;
    }

    @Override
    void merge(GroupState other, int[] from, int[] to, int count) {
        SumState added = (SumState) other;
        LongPages otherWide = added.sums;
        if (otherWide == null && sums == null && added.pendingBound <= MOST_PENDING - pendingBound) {
            for (int i = 0; i < count; i++) {
                pending.page(to[i])[pending.at(to[i])] += added.pending.get(from[i]);
            }
            return;
        }
        LongPages wide = wide();
        for (int i = 0; i < count; i++) {
            WideSum.add(wide.page(to[i]), wide.at(to[i]), added.pending.get(from[i]));
            if (otherWide != null) {
                WideSum.merge(wide.page(to[i]), wide.at(to[i]), otherWide.page(from[i]), otherWide.at(from[i]));
            }
        }
    }

    @Override
    void merged(GroupState other) {
        SumState added = (SumState) other;
        if (sums == null) {
            pendingBound += added.pendingBound;
        }
    }

    @Override
    void settle() {
        if (sums != null && pendingBound != 0) {
            flush();
        }
    }

    /** A sum that may not fit its type is to be finished for every group, as the error is. */
    @Override
    boolean isComparable() {
        return !travelsWide;
    }

    @Override
    @Nullable
    LongPages plainValues() {
        return sums == null && !tracksSeen() ? pending : null;
    }

    @Override
    int compare(int left, int right) {
        LongPages wide = sums;
        if (wide == null) {
            return Long.compare(pending.get(left), pending.get(right));
        }
        long[] leftPage = wide.page(left);
        long[] rightPage = wide.page(right);
        int order = 0;
        for (int word = WideSum.LONGS - 1; order == 0 && word >= 0; word--) {
            long leftWord = leftPage[wide.at(left) + word];
            long rightWord = rightPage[wide.at(right) + word];
            order = word == WideSum.LONGS - 1
                    ? Long.compare(leftWord, rightWord)
                    : Long.compareUnsigned(leftWord, rightWord);
        }
        return order;
    }

    @Override
    void appendValue(ColumnBuilder builder, int group) {
        LongPages wide = sums;
        if (wide == null && !travelsWide) {
            long sum = pending.get(group);
            builder.appendInt128(sum, sum >> 63);
            return;
        }
        long[] page = wide == null ? new long[WideSum.LONGS] : wide.page(group);
        int at = wide == null ? 0 : wide.at(group);
        if (wide == null) {
            WideSum.add(page, at, pending.get(group));
        }
        if (travelsWide) {
            byte[] bytes = WideSum.encode(page, at).array();
            builder.appendBytes(bytes, 0, bytes.length);
        } else {
            builder.appendInt128(page[at], page[at + 1]);
        }
    }
}
