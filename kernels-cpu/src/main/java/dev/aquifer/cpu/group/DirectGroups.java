package dev.aquifer.cpu.group;

import dev.aquifer.spi.device.MemoryReservation;
import java.util.Arrays;

/**
 * Groups by one 64-bit key that are found without hashing: a directory has a chunk of 4,096 group numbers for each 4,096 keys in a
 * row that any row has touched, and a key's place in its chunk is that of its group. So keys in order run through memory in
 * order, and few or dense keys stay in the cache. Numbers of keys that never came are nobody's.
 */
final class DirectGroups implements GroupNumbers {
    static final int CHUNK_BITS = 12;
    static final int CHUNK = 1 << CHUNK_BITS;
    private static final int PLACE = CHUNK - 1;

    /** Chunks that the directory may speak of, from the least to the greatest key. */
    private static final long MAX_DIRECTORY = 1L << 20;

    private static final int MAX_NUMBERS = 1 << 30;
    private static final int NONE = -1;

    private final MemoryReservation memory;
    /** The first number of a chunk of keys, or -1. */
    private int[] directory = new int[0];
    /** The chunk of keys that the directory begins with. */
    private long origin;
    /** By chunk of numbers: the chunk of keys, in units of 4,096. */
    private long[] keyChunks = new long[0];

    private final GroupBits occupied;
    private int size;

    DirectGroups(MemoryReservation memory) {
        this.memory = memory;
        this.occupied = new GroupBits(memory);
    }

    @Override
    public int size() {
        return size;
    }

    GroupBits occupied() {
        return occupied;
    }

    @Override
    public void copyTo(GroupBits bits) {
        bits.copy(occupied, size);
    }

    /** How many keys the directory would speak of with these, or Long.MAX_VALUE where that is past 2^63. */
    long domainWith(long min, long max) {
        long low = min >> CHUNK_BITS;
        long high = max >> CHUNK_BITS;
        if (directory.length > 0) {
            low = Math.min(low, origin);
            high = Math.max(high, origin + directory.length - 1);
        }
        long chunks = high - low + 1;
        return chunks > Long.MAX_VALUE >> CHUNK_BITS ? Long.MAX_VALUE : chunks << CHUNK_BITS;
    }

    /** Makes the directory speak of the keys from min to max; false where it would be too long. */
    boolean cover(long min, long max) {
        long low = min >> CHUNK_BITS;
        long high = max >> CHUNK_BITS;
        long last = origin + directory.length - 1;
        if (directory.length > 0 && low >= origin && high <= last) {
            return true;
        }
        if (domainWith(min, max) >>> CHUNK_BITS > MAX_DIRECTORY) {
            return false;
        }
        if (directory.length > 0) {
            low = Math.min(low, origin);
            // Towards where it grows it gets more than it needs, or stripes in order would copy it every time.
            high = high > last ? Math.max(high, last + directory.length) : last;
        }
        int[] grown = new int[(int) (high - low + 1)];
        memory.add(4L * (grown.length - directory.length));
        Arrays.fill(grown, NONE);
        System.arraycopy(directory, 0, grown, directory.length == 0 ? 0 : (int) (origin - low), directory.length);
        directory = grown;
        origin = low;
        return true;
    }

    /** The groups of the keys of some rows, all of which are {@link #cover covered}. */
    void find(long[] keys, int[] rows, int count, int[] groups) {
        long first = origin << CHUNK_BITS;
        int[] chunks = directory;
        long[] bits = occupied.words();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long offset = keys[row] - first;
            int base = chunks[(int) (offset >>> CHUNK_BITS)];
            if (base < 0) {
                base = allot((int) (offset >>> CHUNK_BITS));
                bits = occupied.words();
            }
            int group = base + ((int) offset & PLACE);
            groups[row] = group;
            bits[group >>> 6] |= 1L << group;
        }
    }

    /** {@link #find} for the first {@code count} rows. */
    void findFirst(long[] keys, int count, int[] groups) {
        long first = origin << CHUNK_BITS;
        int[] chunks = directory;
        long[] bits = occupied.words();
        for (int row = 0; row < count; row++) {
            long offset = keys[row] - first;
            int base = chunks[(int) (offset >>> CHUNK_BITS)];
            if (base < 0) {
                base = allot((int) (offset >>> CHUNK_BITS));
                bits = occupied.words();
            }
            int group = base + ((int) offset & PLACE);
            groups[row] = group;
            bits[group >>> 6] |= 1L << group;
        }
    }

    private int allot(int chunk) {
        int base = take(origin + chunk);
        directory[chunk] = base;
        return base;
    }

    /** Numbers for a chunk of keys. */
    private int take(long keyChunk) {
        if (size > MAX_NUMBERS) {
            throw GroupTable.tooMany(size);
        }
        int base = size;
        occupied.reserve(base + CHUNK);
        int index = base >>> CHUNK_BITS;
        if (index == keyChunks.length) {
            int grown = Math.max(16, 2 * keyChunks.length);
            memory.add(8L * (grown - keyChunks.length));
            keyChunks = Arrays.copyOf(keyChunks, grown);
        }
        keyChunks[index] = keyChunk;
        size = base + CHUNK;
        return base;
    }

    /** A number that no key has, for the null key. */
    int takeNull() {
        int number = take(0);
        occupied.set(number);
        return number;
    }

    long key(int group) {
        return (keyChunks[group >>> CHUNK_BITS] << CHUNK_BITS) + (group & PLACE);
    }

    boolean isGroup(int number) {
        return occupied.get(number);
    }

    /** The first number for the chunk of keys that another's chunk of numbers is for, or -1. */
    int chunkLike(DirectGroups other, int number) {
        long chunk = other.keyChunks[number >>> CHUNK_BITS] - origin;
        return chunk < 0 || chunk >= directory.length ? NONE : directory[(int) chunk];
    }
}
