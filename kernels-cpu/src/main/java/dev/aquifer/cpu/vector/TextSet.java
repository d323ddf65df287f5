package dev.aquifer.cpu.vector;

import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import java.util.List;

/** An immutable set of byte strings, looked up without making objects. */
final class TextSet {
    private final byte[][] slots;

    TextSet(List<Bytes> values) {
        int capacity = Math.max(4, Integer.highestOneBit(Math.max(1, values.size())) * 4);
        this.slots = new byte[capacity][];
        Arrays.fill(slots, null);
        for (Bytes value : values) {
            byte[] bytes = value.array();
            int slot = find(bytes, 0, bytes.length);
            slots[slot] = bytes;
        }
    }

    boolean contains(byte[] data, int from, int length) {
        return slots[find(data, from, length)] != null;
    }

    /** The slot of a string, or the free one where it would be. */
    private int find(byte[] data, int from, int length) {
        int slot = TextHash.of(data, from, length) & slots.length - 1;
        while (slots[slot] != null && !Arrays.equals(slots[slot], 0, slots[slot].length, data, from, from + length)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
