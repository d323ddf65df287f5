package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.Arrays;

/** MIN and MAX of texts and of decimals of 128 bits. */
final class SlotExtremeState extends GroupState {
    private static final int FIRST_SLOTS = 1024;

    private final DataType type;
    private final boolean least;
    private final ValueSlots values;
    /** Whether a slot has a value already. */
    private boolean[] taken = new boolean[0];

    SlotExtremeState(DataType type, boolean least, MemoryReservation memory) {
        super(memory);
        this.type = type;
        this.least = least;
        this.values = new ValueSlots(type, memory);
    }

    @Override
    void grow(int groups) {
        if (groups > taken.length) {
            int grown = Math.max(FIRST_SLOTS, Math.max(groups, 2 * taken.length));
            memory.add((long) ValueSlots.slotBytes(type) * (grown - taken.length));
            values.grow(grown);
            taken = Arrays.copyOf(taken, grown);
        }
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        for (int i = 0; i < numbers.count(); i++) {
            offer(groups[rows[i]], arg, rows[i]);
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        for (int i = from; i < to; i++) {
            offer(group, arg, rows[i]);
        }
    }

    private void offer(int group, Register arg, int row) {
        if (type.physical() == Physical.INT128) {
            offer(group, arg.longs()[row], arg.high(row));
        } else if (!taken[group] || isBetter(values.compareText(arg, row, group))) {
            values.putText(group, arg, row);
            taken[group] = true;
        }
    }

    private void offer(int group, long low, long high) {
        if (!taken[group] || isBetter(ValueSlots.compareWide(low, high, values.longs[group], values.highs[group]))) {
            values.longs[group] = low;
            values.highs[group] = high;
            taken[group] = true;
        }
    }

    private boolean isBetter(int order) {
        return least ? order < 0 : order > 0;
    }

    @Override
    void merge(GroupState other, int[] from, int[] to, int count) {
        SlotExtremeState offered = (SlotExtremeState) other;
        for (int i = 0; i < count; i++) {
            if (type.physical() == Physical.INT128) {
                offer(to[i], offered.values.longs[from[i]], offered.values.highs[from[i]]);
            } else {
                byte[] text = offered.values.text(from[i]);
                if (!taken[to[i]] || isBetter(Arrays.compareUnsigned(text, values.text(to[i])))) {
                    values.putText(to[i], text, 0, text.length);
                    taken[to[i]] = true;
                }
            }
        }
    }

    @Override
    int compare(int left, int right) {
        return type.physical() == Physical.INT128
                ? ValueSlots.compareWide(
                        values.longs[left], values.highs[left], values.longs[right], values.highs[right])
                : Arrays.compareUnsigned(values.text(left), values.text(right));
    }

    @Override
    void appendValue(ColumnBuilder builder, int group) {
        values.append(builder, group);
    }
}
