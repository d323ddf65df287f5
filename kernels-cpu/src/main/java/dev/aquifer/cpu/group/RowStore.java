package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.LongCompare;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.util.Arrays;

/** One column of rows that are kept by slot, and may be overwritten. */
final class RowStore {
    private final DataType type;
    private final ValueSlots values;
    private boolean[] nulls = new boolean[0];

    RowStore(DataType type, MemoryReservation memory) {
        this.type = type;
        this.values = new ValueSlots(type, memory);
    }

    void grow(int capacity) {
        nulls = Arrays.copyOf(nulls, capacity);
        values.grow(capacity);
    }

    void put(int slot, Register source, int row) {
        nulls[slot] = source.isNull(row);
        switch (type.physical()) {
            case BOOL -> values.longs[slot] = source.bits()[row >>> 6] >>> row & 1;
            case LONG -> values.longs[slot] = source.longs()[row];
            case INT128 -> {
                values.longs[slot] = source.longs()[row];
                values.highs[slot] = source.high(row);
            }
            case DOUBLE -> values.doubles[slot] = source.doubles()[row];
            case BYTES -> {
                if (nulls[slot]) {
                    values.clearText(slot);
                } else {
                    values.putText(slot, source, row);
                }
            }
        }
    }

    void putLong(int slot, long value) {
        values.longs[slot] = value;
    }

    long longAt(int slot) {
        return values.longs[slot];
    }

    /** Whether an INT128 is null, or fits 64 bits. */
    boolean isNarrow(int slot) {
        return nulls[slot] || values.highs[slot] == values.longs[slot] >> 63;
    }

    /** A LONG, a narrow INT128 or a float as a long in the order of such values. */
    long orderAt(int slot) {
        return type.physical() == Physical.DOUBLE ? LongCompare.order(values.doubles[slot]) : values.longs[slot];
    }

    boolean isNull(int slot) {
        return nulls[slot];
    }

    /** Orders the values of two slots, neither of them null. */
    int compare(int left, int right) {
        long[] longs = values.longs;
        return switch (type.physical()) {
            case BOOL, LONG -> Long.compare(longs[left], longs[right]);
            case INT128 -> ValueSlots.compareWide(longs[left], values.highs[left], longs[right], values.highs[right]);
            case DOUBLE -> Double.compare(values.doubles[left] + 0.0, values.doubles[right] + 0.0);
            case BYTES -> Arrays.compareUnsigned(values.text(left), values.text(right));
        };
    }

    /** Orders a row's value and that of a slot, neither of them null. */
    int compare(Register source, int row, int slot) {
        return switch (type.physical()) {
            case BOOL -> Long.compare(source.bits()[row >>> 6] >>> row & 1, values.longs[slot]);
            case LONG -> Long.compare(source.longs()[row], values.longs[slot]);
            case INT128 ->
                ValueSlots.compareWide(source.longs()[row], source.high(row), values.longs[slot], values.highs[slot]);
            case DOUBLE -> Double.compare(source.doubles()[row] + 0.0, values.doubles[slot] + 0.0);
            case BYTES -> values.compareText(source, row, slot);
        };
    }

    /** The values of some slots, in their order. */
    Column column(int[] slots, int from, int to) {
        ColumnBuilder builder = new ColumnBuilder(type, to - from);
        for (int i = from; i < to; i++) {
            int slot = slots[i];
            if (nulls[slot]) {
                builder.appendNull();
            } else {
                values.append(builder, slot);
            }
        }
        return builder.build();
    }
}
