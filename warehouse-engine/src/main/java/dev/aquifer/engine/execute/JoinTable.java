package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.merge.RowOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Rows by key. Keys are equal as SQL compares: -0.0 is 0.0, and all NaNs are one. A key with a null in it is found by
 * nobody, unless its column says that nulls are equal.
 */
final class JoinTable {
    private static final int MOST_SLOTS = 1 << 30;

    private final Batch keys;
    private final List<Boolean> nullsEqual;
    /** Row + 1 of the first of a chain, by slot. */
    private final int[] heads;
    /** Row + 1 of the next in the chain, by row. */
    private final int[] next;

    private final int[] hashes;

    /**
     * @param keys the key columns of the rows
     * @param nullsEqual by key column
     */
    JoinTable(Batch keys, List<Boolean> nullsEqual) {
        this.keys = keys;
        this.nullsEqual = List.copyOf(nullsEqual);
        int slots = slots(keys.rows());
        this.heads = new int[slots];
        this.next = new int[keys.rows()];
        this.hashes = hashes(keys);
        // From the last row to the first, so that chains are in row order.
        for (int row = keys.rows() - 1; row >= 0; row--) {
            if (findable(keys, row)) {
                int slot = hashes[row] & (slots - 1);
                next[row] = heads[slot];
                heads[slot] = row + 1;
            }
        }
    }

    /** Whether a row's key can be equal to any. */
    boolean findable(Batch batch, int row) {
        for (int i = 0; i < nullsEqual.size(); i++) {
            if (!nullsEqual.get(i) && batch.column(i).isNull(row)) {
                return false;
            }
        }
        return true;
    }

    static int[] hashes(Batch keys) {
        int[] hashes = new int[keys.rows()];
        for (Column column : keys.columns()) {
            for (int row = 0; row < hashes.length; row++) {
                hashes[row] = hashes[row] * 31 + (column.isNull(row) ? 7 : hash(column, row));
            }
        }
        for (int row = 0; row < hashes.length; row++) {
            int hash = hashes[row] * 0x9E37_79B9;
            hashes[row] = hash ^ hash >>> 15;
        }
        return hashes;
    }

    private static int hash(Column column, int row) {
        return switch (column) {
            case BoolColumn bools -> Bitmap.get(bools.bits(), row) ? 1 : 2;
            case LongColumn longs -> mix(longs.values()[row]);
            case Int128Column wide -> mix(wide.low()[row] * 31 + wide.high()[row]);
            case DoubleColumn doubles -> mix(Double.doubleToLongBits(doubles.values()[row] + 0.0));
            case BytesColumn bytes -> {
                int hash = 1;
                for (int i = bytes.offsets()[row]; i < bytes.offsets()[row + 1]; i++) {
                    hash = hash * 31 + bytes.data()[i];
                }
                yield hash;
            }
        };
    }

    private static int mix(long value) {
        long mixed = value * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    /** The first row whose key is that of a probing row, or -1. */
    int first(Batch probe, int row, int hash) {
        return findable(probe, row) ? matching(heads[hash & (heads.length - 1)] - 1, probe, row, hash) : -1;
    }

    /** The next row with the same key after {@code found}, or -1. */
    int after(int found, Batch probe, int row, int hash) {
        return matching(next[found] - 1, probe, row, hash);
    }

    private int matching(int candidate, Batch probe, int row, int hash) {
        int at = candidate;
        while (at >= 0 && !(hashes[at] == hash && equal(at, probe, row))) {
            at = next[at] - 1;
        }
        return at;
    }

    private boolean equal(int built, Batch probe, int row) {
        for (int i = 0; i < nullsEqual.size(); i++) {
            Column left = keys.column(i);
            Column right = probe.column(i);
            boolean leftNull = left.isNull(built);
            if (leftNull != right.isNull(row)) {
                return false;
            }
            if (!leftNull && !same(left, built, right, row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Column left, int leftRow, Column right, int rightRow) {
        return switch (left) {
            case LongColumn longs -> longs.values()[leftRow] == ((LongColumn) right).values()[rightRow];
            case BytesColumn bytes -> {
                BytesColumn other = (BytesColumn) right;
                yield Arrays.equals(
                        bytes.data(),
                        bytes.offsets()[leftRow],
                        bytes.offsets()[leftRow + 1],
                        other.data(),
                        other.offsets()[rightRow],
                        other.offsets()[rightRow + 1]);
            }
            case BoolColumn bools -> RowOrder.compare(bools, leftRow, right, rightRow) == 0;
            case Int128Column wide -> RowOrder.compare(wide, leftRow, right, rightRow) == 0;
            case DoubleColumn doubles -> RowOrder.compare(doubles, leftRow, right, rightRow) == 0;
        };
    }

    private static int slots(int rows) {
        return Math.min(MOST_SLOTS / 2, Integer.highestOneBit(Math.max(16, rows))) * 2;
    }

    /** What a table of so many rows takes beside its keys, and a mark for each row that had a partner. */
    static long memoryBytes(int rows) {
        return 4L * (slots(rows) + 2L * rows) + rows / 8;
    }
}
