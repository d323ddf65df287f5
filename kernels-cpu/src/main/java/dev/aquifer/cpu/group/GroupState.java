package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.AggregateState;

/** The states of one aggregate for all groups, by group, in flat arrays. */
abstract class GroupState {
    static GroupState of(AggregateState state, MemoryReservation memory) {
        return switch (state.kind()) {
            case COUNT -> new CountState();
            case SUM, WIDE_SUM -> new SumState(state.kind());
            case FLOAT_SUM -> new FloatSumState();
            case MIN -> new ExtremeState(state.stateType(), true, memory);
            case MAX -> new ExtremeState(state.stateType(), false, memory);
        };
    }

    /** Bytes of a group, for the budget; the growth of texts is asked for as it comes. */
    abstract int groupBytes();

    abstract void grow(int capacity);

    /**
     * Takes the argument's values at some rows, none of which is null there.
     *
     * @param groups the group by row
     */
    abstract void add(Register arg, int[] groups, RowNumbers rows);

    /**
     * Takes the argument's values at {@code rows[from .. to)}, none of which is null there and all of which are of one group.
     *
     * @param inOrder whether the rows are the numbers from {@code from} on
     */
    abstract void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder);

    abstract void append(ColumnBuilder builder, int group);
}
