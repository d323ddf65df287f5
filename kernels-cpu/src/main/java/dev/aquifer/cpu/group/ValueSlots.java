package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.type.DataType;
import java.util.Arrays;

/**
 * Values of one type by slot, in flat arrays that loops may use directly; which of them are there follows from the type's physical
 * form. A slot whose text nobody has set has the empty one.
 */
final class ValueSlots {
    private static final byte[] NOTHING = new byte[0];

    private final DataType type;
    private final MemoryReservation memory;
    /** LONG, low halves of INT128, BOOL as 0 and 1. */
    long[] longs = new long[0];

    long[] highs = new long[0];
    double[] doubles = new double[0];
    private byte[][] texts = new byte[0][];

    ValueSlots(DataType type, MemoryReservation memory) {
        this.type = type;
        this.memory = memory;
    }

    /** Bytes of a slot, about, with one that its user has for it; those of texts are asked for as they come. */
    static int slotBytes(DataType type) {
        return switch (type.physical()) {
            case BOOL, LONG, DOUBLE -> 9;
            case INT128 -> 17;
            case BYTES -> 40;
        };
    }

    void grow(int capacity) {
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

    byte[] text(int slot) {
        return texts[slot];
    }

    /** Keeps a copy of a register's text. */
    void putText(int slot, Register source, int row) {
        putText(slot, source.data(), source.starts()[row], source.lengths()[row]);
    }

    void putText(int slot, byte[] data, int from, int length) {
        memory.add(length);
        clearText(slot);
        texts[slot] = Arrays.copyOfRange(data, from, from + length);
    }

    void clearText(int slot) {
        memory.remove(texts[slot].length);
        texts[slot] = NOTHING;
    }

    /** Compares a register's text with a slot's. */
    int compareText(Register source, int row, int slot) {
        int from = source.starts()[row];
        byte[] text = texts[slot];
        return Arrays.compareUnsigned(source.data(), from, from + source.lengths()[row], text, 0, text.length);
    }

    /** Compares two INT128 by their halves. */
    static int compareWide(long leftLow, long leftHigh, long rightLow, long rightHigh) {
        int high = Long.compare(leftHigh, rightHigh);
        return high != 0 ? high : Long.compareUnsigned(leftLow, rightLow);
    }

    void append(ColumnBuilder builder, int slot) {
        switch (type.physical()) {
            case BOOL -> builder.appendBool(longs[slot] != 0);
            case LONG -> builder.appendLong(longs[slot]);
            case INT128 -> builder.appendInt128(longs[slot], highs[slot]);
            case DOUBLE -> builder.appendDouble(doubles[slot]);
            case BYTES -> builder.appendBytes(texts[slot], 0, texts[slot].length);
        }
    }
}
