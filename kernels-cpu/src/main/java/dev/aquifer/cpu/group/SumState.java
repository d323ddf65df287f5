package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.LongSums;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.merge.AggregateState;
import dev.aquifer.spi.merge.WideSum;
import java.util.Arrays;

/**
 * SUM of integers and decimals, exact. Small values are added up in 64 bits, for as long as their bounds say that it cannot
 * wrap, before they go into the wide sum.
 */
final class SumState extends GroupState {
    /** Values up to this add up 1,024 times within half of 63 bits. */
    private static final long SMALL = 1L << 52;

    private static final long MOST_PENDING = 1L << 62;

    private final boolean travelsWide;
    private long[] sums = new long[0];
    private long[] pending = new long[0];
    private boolean[] seen = new boolean[0];
    private long pendingBound;

    SumState(AggregateState.Kind kind) {
        this.travelsWide = kind == AggregateState.Kind.WIDE_SUM;
    }

    @Override
    int groupBytes() {
        return 8 * WideSum.LONGS + 9;
    }

    @Override
    void grow(int capacity) {
        sums = Arrays.copyOf(sums, WideSum.LONGS * capacity);
        pending = Arrays.copyOf(pending, capacity);
        seen = Arrays.copyOf(seen, capacity);
    }

    /** Whether values may be added to what is pending; if so their bound is. */
    private boolean isSmall(Register arg, int count) {
        if (!arg.narrow() || arg.min() < -SMALL || arg.max() > SMALL) {
            return false;
        }
        long more = Math.max(Math.abs(arg.min()), Math.abs(arg.max())) * count;
        // Not a sum, which may wrap: the bound of one vector can be all there is.
        if (more > MOST_PENDING - pendingBound) {
            flush();
        }
        pendingBound += more;
        return true;
    }

    private void flush() {
        for (int group = 0; group < pending.length; group++) {
            if (pending[group] != 0) {
                WideSum.add(sums, WideSum.LONGS * group, pending[group]);
                pending[group] = 0;
            }
        }
        pendingBound = 0;
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        long[] values = arg.longs();
        if (isSmall(arg, count)) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                int group = groups[row];
                pending[group] += values[row];
                seen[group] = true;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groups[row];
            WideSum.add(sums, WideSum.LONGS * group, values[row], arg.high(row));
            seen[group] = true;
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        if (from == to) {
            return;
        }
        seen[group] = true;
        long[] values = arg.longs();
        if (isSmall(arg, to - from)) {
            pending[group] += inOrder ? LongSums.sum(values, from, to) : LongSums.sum(values, rows, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            int row = rows[i];
            WideSum.add(sums, WideSum.LONGS * group, values[row], arg.high(row));
        }
    }

    @Override
    void append(ColumnBuilder builder, int group) {
        if (!seen[group]) {
            builder.appendNull();
            return;
        }
        if (pendingBound != 0) {
            flush();
        }
        int at = WideSum.LONGS * group;
        if (travelsWide) {
            byte[] bytes = WideSum.encode(sums, at).array();
            builder.appendBytes(bytes, 0, bytes.length);
        } else {
            builder.appendInt128(sums[at], sums[at + 1]);
        }
    }
}
