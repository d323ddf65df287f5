package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BytesColumn;
import java.util.Arrays;

/** Numbers the distinct byte strings of a column in order of first appearance, over the bytes where they lie. */
final class BytesDistinct {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final BytesColumn column;
    private final int[] ids;
    private final int[] firstRows;
    private final boolean tooMany;

    private BytesDistinct(BytesColumn column, int[] ids, int[] firstRows, boolean tooMany) {
        this.column = column;
        this.ids = ids;
        this.firstRows = firstRows;
        this.tooMany = tooMany;
    }

    /** Stops, with {@link #tooMany}, where there are more than {@code limit}. */
    static BytesDistinct of(BytesColumn column, int limit) {
        int capacity = Integer.highestOneBit(limit) * 4;
        int mask = capacity - 1;
        int[] slots = new int[capacity];
        long[] hashes = new long[limit];
        int[] ids = new int[column.size()];
        int[] firstRows = new int[limit];
        int count = 0;
        for (int row = 0; row < ids.length; row++) {
            if (column.isNull(row)) {
                continue;
            }
            long hash = hash(column, row);
            int slot = (int) (hash >>> 40) & mask;
            while (slots[slot] != 0) {
                int id = slots[slot] - 1;
                if (hashes[id] == hash && equal(column, firstRows[id], row)) {
                    break;
                }
                slot = (slot + 1) & mask;
            }
            if (slots[slot] == 0) {
                if (count == limit) {
                    return new BytesDistinct(column, ids, firstRows, true);
                }
                hashes[count] = hash;
                firstRows[count++] = row;
                slots[slot] = count;
            }
            ids[row] = slots[slot] - 1;
        }
        return new BytesDistinct(column, ids, Arrays.copyOf(firstRows, count), false);
    }

    /** Eight bytes at a time; strings of up to eight bytes with the same length have the same hash only if equal. */
    private static long hash(BytesColumn column, int row) {
        byte[] data = column.data();
        int at = column.offsets()[row];
        int left = column.offsets()[row + 1] - at;
        long hash = left * MIX;
        for (; left > 0; left -= Long.BYTES, at += Long.BYTES) {
            hash = (hash ^ BytesPrefix.of(data, at, left)) * MIX;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private static boolean equal(BytesColumn column, int left, int right) {
        int length = column.length(left);
        if (length != column.length(right)) {
            return false;
        }
        // Of the same length, so the hash has told them apart already where one word holds them.
        return length <= Long.BYTES || column.compare(left, right) == 0;
    }

    boolean tooMany() {
        return tooMany;
    }

    /** The row at which each distinct value stands first. */
    int[] firstRows() {
        return firstRows;
    }

    /** Which distinct value a row that is not null has. */
    int id(int row) {
        if (column.isNull(row)) {
            throw new IllegalArgumentException("row " + row + " is null");
        }
        return ids[row];
    }
}
