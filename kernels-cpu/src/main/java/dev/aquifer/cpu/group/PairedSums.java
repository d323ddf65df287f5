package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.MaskedLongs;
import dev.aquifer.cpu.vector.Register;
import org.jspecify.annotations.Nullable;

/** Adds columns up over the same rows of a vector, two at a time. */
final class PairedSums {
    private final long[] sums = new long[2];
    private @Nullable SumState waiting;
    /** What {@link #waiting} is to get. */
    private long[] values = new long[0];

    /** Takes values for which {@link SumState#isSmall} was asked into a sum, now or together with those of the next one. */
    void add(SumState sum, Register arg, int group, long[] rows) {
        SumState first = waiting;
        if (first == null) {
            waiting = sum;
            values = arg.longs();
            return;
        }
        MaskedLongs.sums(values, arg.longs(), rows, sums);
        first.addSum(group, sums[0]);
        sum.addSum(group, sums[1]);
        waiting = null;
    }

    /** No more columns come for these rows. */
    void end(int group, long[] rows) {
        SumState last = waiting;
        if (last != null) {
            last.addSum(group, MaskedLongs.sum(values, rows));
            waiting = null;
        }
    }
}
