package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BytesColumn;
import java.util.Arrays;

/** Numbers the distinct byte strings of a column in order of first appearance, over the bytes where they lie. */
final class BytesDistinct {
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
        int[] ids = new int[column.size()];
        int[] firstRows = new int[limit];
        int count = 0;
        for (int row = 0; row < ids.length; row++) {
            if (column.isNull(row)) {
                continue;
            }
            int slot = spread(hash(column, row)) & mask;
            while (slots[slot] != 0 && ColumnBounds.compare(column, firstRows[slots[slot] - 1], row) != 0) {
                slot = (slot + 1) & mask;
            }
            if (slots[slot] == 0) {
                if (count == limit) {
                    return new BytesDistinct(column, ids, firstRows, true);
                }
                firstRows[count++] = row;
                slots[slot] = count;
            }
            ids[row] = slots[slot] - 1;
        }
        return new BytesDistinct(column, ids, Arrays.copyOf(firstRows, count), false);
    }

    private static int hash(BytesColumn column, int row) {
        byte[] data = column.data();
        int hash = 1;
        for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
            hash = 31 * hash + data[i];
        }
        return hash;
    }

    private static int spread(int hash) {
        return hash * 0x9E37_79B1 >>> 7;
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
