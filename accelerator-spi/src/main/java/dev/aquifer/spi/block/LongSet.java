package dev.aquifer.spi.block;

import java.util.Arrays;

/** An open-addressing set of at most a fixed number of longs. */
final class LongSet {
    private final int limit;
    private final long[] slots;
    private final boolean[] used;
    private int size;

    LongSet(int limit) {
        this.limit = limit;
        int capacity = Integer.highestOneBit(limit) * 4;
        this.slots = new long[capacity];
        this.used = new boolean[capacity];
    }

    /** Adds a value; false where the set is full and does not hold it. */
    boolean add(long value) {
        int mask = slots.length - 1;
        int slot = (int) ((value * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
        while (used[slot]) {
            if (slots[slot] == value) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
        if (size == limit) {
            return false;
        }
        used[slot] = true;
        slots[slot] = value;
        size++;
        return true;
    }

    long[] sorted() {
        long[] values = new long[size];
        int next = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            if (used[slot]) {
                values[next++] = slots[slot];
            }
        }
        Arrays.sort(values);
        return values;
    }
}
