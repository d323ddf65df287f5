package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;

/** MIN and MAX. NaN is the greatest float, and -0.0 less than 0.0, or the result would depend on which came first. */
final class ExtremeState extends GroupState {
    private final DataType type;
    private final boolean least;
    private final ValueSlots values;
    private boolean[] seen = new boolean[0];

    ExtremeState(DataType type, boolean least, MemoryReservation memory) {
        this.type = type;
        this.least = least;
        this.values = new ValueSlots(type, memory);
    }

    @Override
    int groupBytes() {
        return ValueSlots.slotBytes(type);
    }

    @Override
    void grow(int capacity) {
        seen = Arrays.copyOf(seen, capacity);
        values.grow(capacity);
    }

    @Override
    void add(Register arg, int[] groups, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        switch (type.physical()) {
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], Bits.get(arg.bits(), rows[i]) ? 1L : 0L);
                }
            }
            case LONG -> {
                long[] args = arg.longs();
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], args[rows[i]]);
                }
            }
            case INT128 -> {
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], arg.longs()[rows[i]], arg.high(rows[i]));
                }
            }
            case DOUBLE -> {
                double[] args = arg.doubles();
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], args[rows[i]]);
                }
            }
            case BYTES -> {
                for (int i = 0; i < count; i++) {
                    offer(groups[rows[i]], arg, rows[i]);
                }
            }
        }
    }

    @Override
    void addRun(Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        if (from == to) {
            return;
        }
        switch (type.physical()) {
            case LONG -> {
                long[] args = arg.longs();
                long best = args[rows[from]];
                if (least) {
                    for (int i = from + 1; i < to; i++) {
                        best = Math.min(best, args[rows[i]]);
                    }
                } else {
                    for (int i = from + 1; i < to; i++) {
                        best = Math.max(best, args[rows[i]]);
                    }
                }
                offer(group, best);
            }
            case DOUBLE -> {
                for (int i = from; i < to; i++) {
                    offer(group, arg.doubles()[rows[i]]);
                }
            }
            case INT128 -> {
                for (int i = from; i < to; i++) {
                    offer(group, arg.longs()[rows[i]], arg.high(rows[i]));
                }
            }
            case BOOL -> {
                for (int i = from; i < to; i++) {
                    offer(group, Bits.get(arg.bits(), rows[i]) ? 1L : 0L);
                }
            }
            case BYTES -> {
                for (int i = from; i < to; i++) {
                    offer(group, arg, rows[i]);
                }
            }
        }
    }

    private void offer(int group, long value) {
        if (!seen[group] || (least ? value < values.longs[group] : value > values.longs[group])) {
            values.longs[group] = value;
            seen[group] = true;
        }
    }

    private void offer(int group, double value) {
        if (!seen[group]) {
            values.doubles[group] = value;
            seen[group] = true;
            return;
        }
        int order = Double.compare(value, values.doubles[group]);
        if (least ? order < 0 : order > 0) {
            values.doubles[group] = value;
        }
    }

    private void offer(int group, long low, long high) {
        if (seen[group]) {
            int order = ValueSlots.compareWide(low, high, values.longs[group], values.highs[group]);
            if (least ? order >= 0 : order <= 0) {
                return;
            }
        }
        values.longs[group] = low;
        values.highs[group] = high;
        seen[group] = true;
    }

    private void offer(int group, Register arg, int row) {
        if (seen[group]) {
            int order = values.compareText(arg, row, group);
            if (least ? order >= 0 : order <= 0) {
                return;
            }
        }
        values.putText(group, arg, row);
        seen[group] = true;
    }

    @Override
    void append(ColumnBuilder builder, int group) {
        if (seen[group]) {
            values.append(builder, group);
        } else {
            builder.appendNull();
        }
    }
}
