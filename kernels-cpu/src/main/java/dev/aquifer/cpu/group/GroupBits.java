package dev.aquifer.cpu.group;

import dev.aquifer.spi.device.MemoryReservation;
import java.util.Arrays;

/** A bit for each group. */
final class GroupBits {
    private final MemoryReservation memory;
    private long[] words = new long[0];

    GroupBits(MemoryReservation memory) {
        this.memory = memory;
    }

    void reserve(int groups) {
        int wanted = groups + 63 >>> 6;
        if (wanted > words.length) {
            int grown = Math.max(wanted, 2 * words.length);
            memory.add(8L * (grown - words.length));
            words = Arrays.copyOf(words, grown);
        }
    }

    long[] words() {
        return words;
    }

    boolean get(int group) {
        return (words[group >>> 6] >>> group & 1) != 0;
    }

    void set(int group) {
        words[group >>> 6] |= 1L << group;
    }

    /** The first set bit from {@code from} on and below {@code to}, or {@code to}: what is not set is passed by in words. */
    int next(int from, int to) {
        if (from >= to) {
            return to;
        }
        int word = from >>> 6;
        long left = words[word] & -1L << from;
        while (left == 0) {
            word++;
            if (word << 6 >= to) {
                return to;
            }
            left = words[word];
        }
        return Math.min(to, (word << 6) + Long.numberOfTrailingZeros(left));
    }

    /** Sets the bits below {@code groups}. */
    void fill(int groups) {
        Arrays.fill(words, 0, groups >>> 6, -1L);
        if ((groups & 63) != 0) {
            words[groups >>> 6] |= (1L << groups) - 1;
        }
    }

    void clear(int group) {
        words[group >>> 6] &= ~(1L << group);
    }

    /** Takes another's bits below {@code groups}, a multiple of 64. */
    void copy(GroupBits other, int groups) {
        System.arraycopy(other.words, 0, words, 0, groups >>> 6);
    }

    int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }
}
