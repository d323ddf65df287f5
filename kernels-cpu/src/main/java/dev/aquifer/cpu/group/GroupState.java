package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.AggregateState;
import org.jspecify.annotations.Nullable;

/**
 * The states of one aggregate for all groups, by group. Which groups had a value that counts is only kept once there was a vector in
 * which not every row counted; until then all groups have.
 */
abstract class GroupState {
    final MemoryReservation memory;
    private @Nullable GroupBits seen;
    private final int[] gathered = new int[Stripes.VECTOR_ROWS];
    private int room;

    GroupState(MemoryReservation memory) {
        this.memory = memory;
    }

    static GroupState of(AggregateState state, MemoryReservation memory) {
        return switch (state.kind()) {
            case COUNT -> new CountState(memory);
            case SUM, WIDE_SUM -> new SumState(state.kind(), memory);
            case FLOAT_SUM -> new FloatSumState(memory);
            case MIN -> extreme(state, true, memory);
            case MAX -> extreme(state, false, memory);
        };
    }

    private static GroupState extreme(AggregateState state, boolean least, MemoryReservation memory) {
        return switch (state.stateType().physical()) {
            case BOOL, LONG, DOUBLE -> new ExtremeState(state.stateType(), least, memory);
            case INT128, BYTES -> new SlotExtremeState(state.stateType(), least, memory);
        };
    }

    /** Makes room for groups below {@code groups}. */
    final void reserve(int groups) {
        if (groups > room) {
            grow(groups);
            GroupBits bits = seen;
            if (bits != null) {
                bits.reserve(groups);
            }
            room = groups;
        }
    }

    abstract void grow(int groups);

    /**
     * From now on it is kept which groups had a value.
     *
     * @param groups all groups that there are so far, each of which had one
     */
    final void trackSeen(GroupNumbers groups) {
        if (seen == null && mayBeNull()) {
            GroupBits bits = new GroupBits(memory);
            bits.reserve(Math.max(room, groups.size()));
            groups.copyTo(bits);
            seen = bits;
        }
    }

    /** Whether it matters which groups had a value. */
    boolean mayBeNull() {
        return true;
    }

    final boolean tracksSeen() {
        return seen != null;
    }

    final boolean isSeen(int group) {
        GroupBits bits = seen;
        return bits == null || bits.get(group);
    }

    final void see(int group) {
        GroupBits bits = seen;
        if (bits != null) {
            bits.set(group);
        }
    }

    /** Notes that the groups of some rows have a value. */
    final void see(int[] groups, RowNumbers numbers) {
        GroupBits bits = seen;
        if (bits != null) {
            int[] rows = numbers.rows();
            int count = numbers.count();
            for (int i = 0; i < count; i++) {
                bits.set(groups[rows[i]]);
            }
        }
    }

    /**
     * Takes the argument's values at some rows, none of which is null there.
     *
     * @param groups the group by row
     */
    abstract void add(Register arg, int[] groups, RowNumbers rows);

    /**
     * Takes the argument's values at {@code rows[from .. to)}, one or more, none of which is null there and all of which are of one
     * group.
     *
     * @param inOrder whether the rows are the numbers from {@code from} on
     */
    abstract void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder);

    /** Takes the argument's values at the rows of a bitmap, one or more, none of which is null and all of which are of one group. */
    void addMasked(Register arg, int group, long[] bits) {
        int count = Bits.indices(bits, gathered);
        addRun(arg, group, gathered, 0, count, false);
    }

    /** Takes what another state has of some groups; {@code to[i]} gets what {@code from[i]} has, and both have been seen. */
    abstract void merge(GroupState other, int[] from, int[] to, int count);

    /** After the last {@link #merge} with another state. */
    void merged(GroupState other) {}

    /** {@link #merge} for groups that the other may not have seen. */
    final void mergeSeen(GroupState other, int[] theirs, int[] ours, int count) {
        int[] from = theirs;
        int[] to = ours;
        if (!other.tracksSeen()) {
            for (int i = 0; i < count; i++) {
                see(to[i]);
            }
            merge(other, from, to, count);
            return;
        }
        from = new int[count];
        to = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (other.isSeen(theirs[i])) {
                from[kept] = theirs[i];
                to[kept] = ours[i];
                see(ours[i]);
                kept++;
            }
        }
        merge(other, from, to, kept);
    }

    /** Whether {@link #compare} can tell the order of the final values. */
    boolean isComparable() {
        return true;
    }

    /** Compares the final values of two groups, which both have one, as SQL does. */
    abstract int compare(int left, int right);

    /** The final values as they are, where no group's is null and they are ordered as integers; null otherwise. */
    @Nullable
    LongPages plainValues() {
        return null;
    }

    /** Whether the final value is null. */
    boolean isNull(int group) {
        return !isSeen(group);
    }

    /** Called before {@link #append} and {@link #compare}, again for each batch of groups: only the first call may go over all of them. */
    void settle() {}

    final void append(ColumnBuilder builder, int group) {
        if (isNull(group)) {
            builder.appendNull();
        } else {
            appendValue(builder, group);
        }
    }

    abstract void appendValue(ColumnBuilder builder, int group);
}
