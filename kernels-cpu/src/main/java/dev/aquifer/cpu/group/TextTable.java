package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.TextHash;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Arrays;

/** Numbers distinct texts from 0, and keeps their bytes in one arena. */
final class TextTable {
    private static final int MAX_TEXTS = 1 << 29;

    private final MemoryReservation memory;
    private byte[][] chunks = new byte[0][];
    private int chunkUsed;
    private int[] chunkOf = new int[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private int[] hashes = new int[0];
    /** Number + 1, or 0 for free; at most half full. */
    private int[] slots = new int[0];

    private int size;

    TextTable(MemoryReservation memory) {
        this.memory = memory;
    }

    byte[] chunk(int number) {
        return chunks[chunkOf[number]];
    }

    int start(int number) {
        return starts[number];
    }

    int length(int number) {
        return lengths[number];
    }

    int numberOf(byte[] data, int from, int length) {
        int hash = TextHash.of(data, from, length);
        if (2 * size >= slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && matches(number, data, from, length)) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        store(data, from, length);
        hashes[size] = hash;
        slots[slot] = size + 1;
        return size++;
    }

    private boolean matches(int number, byte[] data, int from, int length) {
        int start = starts[number];
        return lengths[number] == length
                && Arrays.equals(chunk(number), start, start + length, data, from, from + length);
    }

    private void store(byte[] data, int from, int length) {
        if (chunks.length == 0 || chunks[chunks.length - 1].length - chunkUsed < length) {
            // From a few KiB on, as most columns of keys have few texts, up to a MiB a chunk.
            int bytes = Math.max(length, 1 << Math.min(20, 12 + chunks.length));
            memory.add(bytes);
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = new byte[bytes];
            chunkUsed = 0;
        }
        System.arraycopy(data, from, chunks[chunks.length - 1], chunkUsed, length);
        chunkOf[size] = chunks.length - 1;
        starts[size] = chunkUsed;
        lengths[size] = length;
        chunkUsed += length;
    }

    private void grow() {
        int capacity = Math.max(64, slots.length);
        if (capacity >= MAX_TEXTS) {
            throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "more than " + size + " distinct texts");
        }
        memory.add(24L * capacity - 24L * chunkOf.length);
        chunkOf = Arrays.copyOf(chunkOf, capacity);
        starts = Arrays.copyOf(starts, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        slots = new int[2 * capacity];
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = number + 1;
        }
    }
}
