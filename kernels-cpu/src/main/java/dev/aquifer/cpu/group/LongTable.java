package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.TextHash;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;

/**
 * Numbers distinct 64-bit keys, by open addressing. A slot holds the key and its number side by side, so that a key which is
 * there takes one miss of the cache.
 */
final class LongTable {
    private static final int FIRST_GROUPS = 2048;
    private static final int MAX_GROUPS = 1 << 28;

    private final MemoryReservation memory;
    private final LongPages keys;
    /** Key, then number + 1 or 0 for free; at most half full. */
    private long[] slots = new long[0];

    /** Rows whose key is not in the slot that comes first for it. */
    private final int[] left = new int[Stripes.VECTOR_ROWS];

    private int entries;
    private int capacity;
    private int size;

    /** @param first the number of the first new key */
    LongTable(int first, MemoryReservation memory) {
        this.memory = memory;
        this.keys = new LongPages(1, memory);
        this.size = first;
    }

    int size() {
        return size;
    }

    long key(int group) {
        return keys.get(group);
    }

    /** A number that no key has, for the null key. */
    int takeNull() {
        keys.reserve(size + 1);
        return size++;
    }

    /** Gives a new key a number that it has already. */
    void put(long key, int group) {
        reserve(1);
        keys.reserve(group + 1);
        keys.set(group, key);
        int mask = capacity * 2 - 1;
        int slot = (int) TextHash.mix(key) & mask;
        while (slots[2 * slot + 1] != 0) {
            slot = slot + 1 & mask;
        }
        slots[2 * slot] = key;
        slots[2 * slot + 1] = group + 1L;
        entries++;
    }

    /** The groups of the keys of some rows, at most a vector's, new ones where there are none. */
    void find(long[] key, int[] rows, int count, int[] groups) {
        reserve(count);
        keys.reserve(size + count);
        int others = findFirst(key, rows, count, groups);
        long[] table = slots;
        int mask = capacity * 2 - 1;
        for (int i = 0; i < others; i++) {
            int row = left[i];
            long value = key[row];
            int slot = (int) TextHash.mix(value) & mask;
            long number = table[2 * slot + 1];
            while (number != 0 && table[2 * slot] != value) {
                slot = slot + 1 & mask;
                number = table[2 * slot + 1];
            }
            if (number == 0) {
                table[2 * slot] = value;
                keys.set(size, value);
                number = ++size;
                table[2 * slot + 1] = number;
                entries++;
            }
            groups[row] = (int) number - 1;
        }
    }

    /**
     * Looks at one slot for each key. Nothing here is decided by what was read, so the processor waits for many slots at once, where
     * a wrong guess at a branch would make it wait for each.
     *
     * @return how many rows, in {@link #left}, have their key in another slot or nowhere
     */
    private int findFirst(long[] key, int[] rows, int count, int[] groups) {
        long[] table = slots;
        int mask = capacity * 2 - 1;
        int others = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long value = key[row];
            int at = 2 * ((int) TextHash.mix(value) & mask);
            long number = table[at + 1];
            // 0 where the key is there: a free slot holds the key 0, but no number.
            long difference = table[at] ^ value | number - 1 & Long.MIN_VALUE;
            groups[row] = (int) number - 1;
            left[others] = row;
            others += (int) ((difference | -difference) >>> 63);
        }
        return others;
    }

    /** Room for more keys, as if all were new: so no row has to look whether there is. */
    private void reserve(int more) {
        if (capacity - entries >= more) {
            return;
        }
        long wanted = Math.max(FIRST_GROUPS, Math.max(2L * capacity, Long.highestOneBit((long) entries + more) * 2));
        if (wanted > MAX_GROUPS) {
            throw GroupTable.tooMany(size);
        }
        int grown = (int) wanted;
        memory.add(32L * (grown - capacity));
        long[] next = new long[4 * grown];
        int mask = 2 * grown - 1;
        for (int old = 0; old < slots.length; old += 2) {
            if (slots[old + 1] != 0) {
                int slot = (int) TextHash.mix(slots[old]) & mask;
                while (next[2 * slot + 1] != 0) {
                    slot = slot + 1 & mask;
                }
                next[2 * slot] = slots[old];
                next[2 * slot + 1] = slots[old + 1];
            }
        }
        slots = next;
        capacity = grown;
    }
}
