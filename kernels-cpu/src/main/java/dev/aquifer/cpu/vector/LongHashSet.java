package dev.aquifer.cpu.vector;

/** An immutable open-addressing set of longs. */
final class LongHashSet {
    private final long[] slots;
    private final boolean hasZero;
    private final int shift;

    LongHashSet(long[] values) {
        int capacity = Math.max(4, Integer.highestOneBit(Math.max(1, values.length)) * 4);
        this.slots = new long[capacity];
        this.shift = 64 - Integer.numberOfTrailingZeros(capacity);
        boolean zero = false;
        for (long value : values) {
            if (value == 0) {
                zero = true;
                continue;
            }
            int slot = slot(value);
            while (slots[slot] != 0 && slots[slot] != value) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = value;
        }
        this.hasZero = zero;
    }

    private int slot(long value) {
        return (int) ((value ^ value >>> 32) * 0x9E37_79B9_7F4A_7C15L >>> shift);
    }

    boolean contains(long value) {
        if (value == 0) {
            return hasZero;
        }
        int slot = slot(value);
        while (slots[slot] != 0) {
            if (slots[slot] == value) {
                return true;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return false;
    }
}
