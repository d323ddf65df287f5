package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.spi.block.Stripes;

/** The numbers of the rows that a bitmap has, for loops that go over them; all rows in order take no work. */
final class RowNumbers {
    private static final int[] IN_ORDER = new int[Stripes.VECTOR_ROWS];

    static {
        for (int row = 0; row < IN_ORDER.length; row++) {
            IN_ORDER[row] = row;
        }
    }

    private final int[] buffer = new int[Stripes.VECTOR_ROWS];
    private int[] rows = IN_ORDER;
    private int count;
    private boolean inOrder = true;

    void all(int rowCount) {
        rows = IN_ORDER;
        count = rowCount;
        inOrder = true;
    }

    void of(long[] bits) {
        rows = buffer;
        count = Bits.indices(bits, buffer);
        inOrder = false;
    }

    void only(int row) {
        rows = buffer;
        buffer[0] = row;
        count = 1;
        inOrder = false;
    }

    /** Keeps the first of them, at most this many. */
    void limit(long most) {
        count = (int) Math.min(count, most);
    }

    /** The first {@link #count} say which rows. */
    int[] rows() {
        return rows;
    }

    int count() {
        return count;
    }

    /** Whether they are the first rows, in order. */
    boolean inOrder() {
        return inOrder;
    }
}
