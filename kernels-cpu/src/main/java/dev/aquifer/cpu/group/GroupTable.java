package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.TextHash;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Arrays;

/** Numbers distinct keys of a fixed number of 64-bit words from 0, by open addressing. */
final class GroupTable {
    private static final int MAX_GROUPS = 1 << 28;

    private final int words;
    private final MemoryReservation memory;
    private long[] keys = new long[0];
    /** Group + 1, or 0 for free; at most half full. */
    private int[] slots = new int[0];

    private int size;
    private int capacity;

    GroupTable(int words, MemoryReservation memory) {
        this.words = words;
        this.memory = memory;
    }

    int size() {
        return size;
    }

    /** Groups for which there is room; states grow with it. */
    int capacity() {
        return capacity;
    }

    long word(int group, int word) {
        return keys[group * words + word];
    }

    /** The group of the key at {@code key[from ..]}, a new one where there is none. */
    int groupOf(long[] key, int from) {
        if (size == capacity) {
            grow();
        }
        int mask = slots.length - 1;
        int slot = hash(key, from) & mask;
        while (slots[slot] != 0) {
            int group = slots[slot] - 1;
            if (matches(group, key, from)) {
                return group;
            }
            slot = slot + 1 & mask;
        }
        System.arraycopy(key, from, keys, size * words, words);
        slots[slot] = size + 1;
        return size++;
    }

    private boolean matches(int group, long[] key, int from) {
        int at = group * words;
        for (int word = 0; word < words; word++) {
            if (keys[at + word] != key[from + word]) {
                return false;
            }
        }
        return true;
    }

    private int hash(long[] key, int from) {
        long hash = 0;
        for (int word = 0; word < words; word++) {
            hash = TextHash.mix(hash ^ key[from + word]);
        }
        return (int) hash;
    }

    private void grow() {
        int grown = capacity == 0 ? 64 : 2 * capacity;
        if (grown > MAX_GROUPS || (long) grown * words > Integer.MAX_VALUE - 16) {
            throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "more than " + size + " groups");
        }
        memory.add((8L * words + 8) * (grown - capacity));
        keys = Arrays.copyOf(keys, grown * words);
        slots = new int[2 * grown];
        for (int group = 0; group < size; group++) {
            int slot = hash(keys, group * words) & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = group + 1;
        }
        capacity = grown;
    }
}
