package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;

/** One column of rows that are kept by slot, and may be overwritten. */
final class RowStore {
    private static final byte[] NOTHING = new byte[0];

    private final DataType type;
    private final MemoryReservation memory;
    private boolean[] nulls = new boolean[0];
    /** LONG, low halves of INT128, BOOL as 0 and 1. */
    private long[] longs = new long[0];

    private long[] highs = new long[0];
    private double[] doubles = new double[0];
    private byte[][] texts = new byte[0][];

    RowStore(DataType type, MemoryReservation memory) {
        this.type = type;
        this.memory = memory;
    }

    /** What a slot takes, about, beside the bytes of texts. */
    static int slotBytes(DataType type) {
        return switch (type.physical()) {
            case BOOL, LONG, DOUBLE -> 9;
            case INT128 -> 17;
            case BYTES -> 40;
        };
    }

    void grow(int capacity) {
        nulls = Arrays.copyOf(nulls, capacity);
        switch (type.physical()) {
            case BOOL, LONG -> longs = Arrays.copyOf(longs, capacity);
            case INT128 -> {
                longs = Arrays.copyOf(longs, capacity);
                highs = Arrays.copyOf(highs, capacity);
            }
            case DOUBLE -> doubles = Arrays.copyOf(doubles, capacity);
            case BYTES -> {
                int from = texts.length;
                texts = Arrays.copyOf(texts, capacity);
                Arrays.fill(texts, from, capacity, NOTHING);
            }
        }
    }

    void put(int slot, Register source, int row) {
        nulls[slot] = source.isNull(row);
        switch (type.physical()) {
            case BOOL -> longs[slot] = source.bits()[row >>> 6] >>> row & 1;
            case LONG -> longs[slot] = source.longs()[row];
            case INT128 -> {
                longs[slot] = source.longs()[row];
                highs[slot] = source.high(row);
            }
            case DOUBLE -> doubles[slot] = source.doubles()[row];
            case BYTES -> {
                byte[] text = NOTHING;
                if (!nulls[slot]) {
                    int from = source.starts()[row];
                    memory.add(source.lengths()[row]);
                    text = Arrays.copyOfRange(source.data(), from, from + source.lengths()[row]);
                }
                memory.remove(texts[slot].length);
                texts[slot] = text;
            }
        }
    }

    void putLong(int slot, long value) {
        longs[slot] = value;
    }

    long longAt(int slot) {
        return longs[slot];
    }

    boolean isNull(int slot) {
        return nulls[slot];
    }

    /** Orders the values of two slots, neither of them null. */
    int compare(int left, int right) {
        return switch (type.physical()) {
            case BOOL, LONG -> Long.compare(longs[left], longs[right]);
            case INT128 -> wide(longs[left], highs[left], longs[right], highs[right]);
            case DOUBLE -> Double.compare(doubles[left] + 0.0, doubles[right] + 0.0);
            case BYTES -> Arrays.compareUnsigned(texts[left], texts[right]);
        };
    }

    /** Orders a row's value and that of a slot, neither of them null. */
    int compare(Register source, int row, int slot) {
        return switch (type.physical()) {
            case BOOL -> Long.compare(source.bits()[row >>> 6] >>> row & 1, longs[slot]);
            case LONG -> Long.compare(source.longs()[row], longs[slot]);
            case INT128 -> wide(source.longs()[row], source.high(row), longs[slot], highs[slot]);
            case DOUBLE -> Double.compare(source.doubles()[row] + 0.0, doubles[slot] + 0.0);
            case BYTES -> {
                int from = source.starts()[row];
                byte[] text = texts[slot];
                yield Arrays.compareUnsigned(source.data(), from, from + source.lengths()[row], text, 0, text.length);
            }
        };
    }

    private static int wide(long leftLow, long leftHigh, long rightLow, long rightHigh) {
        int high = Long.compare(leftHigh, rightHigh);
        return high != 0 ? high : Long.compareUnsigned(leftLow, rightLow);
    }

    /** The values of some slots, in their order. */
    Column column(int[] slots, int from, int to) {
        ColumnBuilder builder = new ColumnBuilder(type, to - from);
        for (int i = from; i < to; i++) {
            int slot = slots[i];
            if (nulls[slot]) {
                builder.appendNull();
                continue;
            }
            switch (type.physical()) {
                case BOOL -> builder.appendBool(longs[slot] != 0);
                case LONG -> builder.appendLong(longs[slot]);
                case INT128 -> builder.appendInt128(longs[slot], highs[slot]);
                case DOUBLE -> builder.appendDouble(doubles[slot]);
                case BYTES -> builder.appendBytes(texts[slot], 0, texts[slot].length);
            }
        }
        return builder.build();
    }
}
