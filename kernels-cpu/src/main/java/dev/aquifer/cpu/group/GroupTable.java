package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.TextHash;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Arrays;

/** Numbers distinct keys of a fixed number of 64-bit words from 0, by open addressing. */
final class GroupTable {
    /** Room for a vector of new groups, and a few. */
    private static final int FIRST_GROUPS = 2048;

    private static final int MAX_GROUPS = 1 << 28;
    private static final long TAG = 0xffff_ffff_0000_0000L;

    private final int words;
    private final MemoryReservation memory;
    private long[] keys = new long[0];
    /** Group + 1 in the lower half, of the hash the upper half; 0 for free; at most half full. */
    private long[] slots = new long[0];

    /** Rows whose key is not in the slot that comes first for it. */
    private final int[] left = new int[Stripes.VECTOR_ROWS];
    /** By place among the rows that are looked for: 0 where the key is that of the group in its slot. */
    private final long[] differences = new long[Stripes.VECTOR_ROWS];

    private int size;
    private int capacity;

    GroupTable(int words, MemoryReservation memory) {
        this.words = words;
        this.memory = memory;
    }

    int size() {
        return size;
    }

    long word(int group, int word) {
        return keys[group * words + word];
    }

    /**
     * The groups of some keys, at most a vector's, new ones where there are none.
     *
     * @param key the words, each an array by row
     * @param hashes by row
     */
    void find(long[][] key, long[] hashes, int[] rows, int count, int[] groups) {
        while (capacity - size < count) {
            // As if all were new: so no row has to look whether there is room.
            grow();
        }
        int others = findFirst(key, hashes, rows, count, groups);
        int mask = slots.length - 1;
        for (int i = 0; i < others; i++) {
            int row = left[i];
            long hash = hashes[row];
            int slot = (int) hash & mask;
            long tag = hash & TAG;
            int group = -1;
            while (slots[slot] != 0) {
                int candidate = (int) slots[slot] - 1;
                if ((slots[slot] & TAG) == tag && matches(candidate, key, row)) {
                    group = candidate;
                    break;
                }
                slot = slot + 1 & mask;
            }
            if (group < 0) {
                group = size++;
                slots[slot] = tag | group + 1;
                for (int word = 0; word < words; word++) {
                    keys[group * words + word] = key[word][row];
                }
            }
            groups[row] = group;
        }
    }

    /**
     * Looks at one slot for each key, then at the words of the group that is there. Nothing is decided by what was read, so the
     * processor waits for many slots at once, where a wrong guess at a branch would make it wait for each.
     *
     * @return how many rows, in {@link #left}, have their key in another slot or nowhere
     */
    private int findFirst(long[][] key, long[] hashes, int[] rows, int count, int[] groups) {
        long[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long slot = table[(int) hashes[row] & mask];
            groups[row] = (int) slot - 1;
            differences[i] = (slot ^ hashes[row]) & TAG;
        }
        for (int word = 0; word < words; word++) {
            long[] values = key[word];
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                // A free slot has no group: the first one is looked at in its place.
                differences[i] |= keys[Math.max(groups[row], 0) * words + word] ^ values[row];
            }
        }
        int others = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long difference = differences[i] | groups[row] & Long.MIN_VALUE;
            left[others] = row;
            others += (int) ((difference | -difference) >>> 63);
        }
        return others;
    }

    private boolean matches(int group, long[][] key, int row) {
        int at = group * words;
        for (int word = 0; word < words; word++) {
            if (keys[at + word] != key[word][row]) {
                return false;
            }
        }
        return true;
    }

    /** Hashes the words of some rows. */
    void hash(long[][] key, int[] rows, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            hashes[rows[i]] = TextHash.mix(key[0][rows[i]]);
        }
        for (int word = 1; word < words; word++) {
            long[] values = key[word];
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                hashes[row] = TextHash.mix(hashes[row] ^ values[row]);
            }
        }
    }

    static AquiferException tooMany(int size) {
        return new AquiferException(ErrorCode.MEMORY_EXCEEDED, "more than " + size + " groups");
    }

    private long hash(int group) {
        long hash = TextHash.mix(keys[group * words]);
        for (int word = 1; word < words; word++) {
            hash = TextHash.mix(hash ^ keys[group * words + word]);
        }
        return hash;
    }

    private void grow() {
        int grown = capacity == 0 ? FIRST_GROUPS : 2 * capacity;
        if (grown > MAX_GROUPS || (long) grown * words > Integer.MAX_VALUE - 16) {
            throw tooMany(size);
        }
        memory.add((8L * words + 16) * (grown - capacity));
        keys = Arrays.copyOf(keys, grown * words);
        slots = new long[2 * grown];
        for (int group = 0; group < size; group++) {
            long hash = hash(group);
            int slot = (int) hash & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = hash & TAG | group + 1;
        }
        capacity = grown;
    }
}
