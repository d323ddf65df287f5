package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the groups of rows. Where a stripe has few combinations of keys (dictionary codes, small ranges), a table of
 * them is in front of the index: each combination is looked up once a stripe. Where they are very few, rows come as a bitmap for each.
 */
final class GroupKeys {
    /** Combinations of small keys that a stripe may have for the table in front; it stays in the first-level cache. */
    private static final int CELLS = 4096;

    /** For so many combinations the rows of each are found by comparing with it. */
    static final int FEW = 16;

    private final List<KeyColumn> keys;
    private final KeyIndex index;
    private final RowNumbers one = new RowNumbers();
    private final int[] groups = new int[Stripes.VECTOR_ROWS];
    private final int[] cells = new int[Stripes.VECTOR_ROWS];
    private final int[] groupOfCell = new int[CELLS];
    private final int[] strides;
    private boolean planned;
    private boolean small;
    private int combinations;
    private int stripeRows;

    /** By key, by small number of it. */
    private final long[][][] rowsOf;

    private final long[][] masks = new long[FEW][Bits.WORDS];
    private final int[] maskGroups = new int[FEW];

    /**
     * @param keys one or more
     * @param alone whether groups have no states
     */
    GroupKeys(List<KeyColumn> keys, boolean alone, MemoryReservation memory) {
        this.keys = keys;
        this.index = keys.size() == 1 && keys.getFirst().words() == 1
                ? new SingleKey(keys.getFirst(), alone, memory)
                : new WordKeys(keys, memory);
        this.strides = new int[keys.size()];
        this.rowsOf = new long[keys.size()][FEW][Bits.WORDS];
    }

    KeyIndex index() {
        return index;
    }

    void beginStripe(int rows) {
        planned = false;
        stripeRows = rows;
    }

    /** Looks whether the stripe's keys have few combinations. */
    void plan(Frame frame) {
        if (planned) {
            return;
        }
        planned = true;
        index.plan(frame, stripeRows);
        combinations = 1;
        small = true;
        int most = index.isQuick() ? FEW : CELLS;
        for (int i = 0; small && i < keys.size(); i++) {
            strides[i] = combinations;
            int domain = keys.get(i).smallDomain(frame, most / combinations);
            small = domain != 0;
            combinations *= domain;
        }
        if (small) {
            Arrays.fill(groupOfCell, 0, combinations, -1);
        }
    }

    /** Whether rows come as bitmaps, in the place of numbers. */
    boolean isFew() {
        return small && combinations <= FEW;
    }

    /** The groups of the frame's rows, by row. */
    int[] find(Frame frame, RowNumbers numbers) {
        if (small) {
            findByCell(frame, numbers);
        } else {
            index.find(frame, numbers, groups);
        }
        return groups;
    }

    private void cells(Frame frame) {
        Arrays.fill(cells, 0);
        for (int i = 0; i < strides.length; i++) {
            keys.get(i).addCells(frame, strides[i], cells);
        }
    }

    private void findByCell(Frame frame, RowNumbers numbers) {
        cells(frame);
        int[] rows = numbers.rows();
        int count = numbers.count();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groupOfCell[cells[row]];
            groups[row] = group >= 0 ? group : groupOfCell(frame, cells[row], row);
        }
    }

    /** The group of a combination that was not met in the stripe, by a row that has it. */
    private int groupOfCell(Frame frame, int cell, int row) {
        one.only(row);
        index.find(frame, one, groups);
        groupOfCell[cell] = groups[row];
        return groups[row];
    }

    /**
     * Where {@link #isFew()}: takes the selected rows apart by group.
     *
     * @return how many groups have rows, from 0 on in {@link #maskGroups} and {@link #masks}
     */
    int split(Frame frame, long[] selection) {
        for (int i = 0; i < keys.size(); i++) {
            keys.get(i).split(frame, selection, cells, rowsOf[i]);
        }
        int found = 0;
        for (int cell = 0; cell < combinations; cell++) {
            long[] mask = masks[found];
            System.arraycopy(rowsOf(0, cell), 0, mask, 0, Bits.WORDS);
            for (int i = 1; i < strides.length; i++) {
                Bits.and(mask, rowsOf(i, cell));
            }
            if (!Bits.isEmpty(mask)) {
                int group = groupOfCell[cell];
                maskGroups[found++] = group >= 0 ? group : groupOfCell(frame, cell, Bits.next(mask));
            }
        }
        return found;
    }

    /** The rows that have the value of a key that a combination has. */
    private long[] rowsOf(int key, int cell) {
        return rowsOf[key][cell / strides[key] % keys.get(key).domain()];
    }

    long[] mask(int i) {
        return masks[i];
    }

    int maskGroup(int i) {
        return maskGroups[i];
    }

    boolean isNull(int key, int group) {
        return index.isNull(key, group);
    }

    /** Compares a key of two groups, null in neither, as SQL does. */
    int compare(int key, int left, int right) {
        KeyColumn column = keys.get(key);
        boolean wide = column.words() > 1;
        return column.compare(
                index.word(key, left, 0),
                wide ? index.word(key, left, 1) : 0,
                index.word(key, right, 0),
                wide ? index.word(key, right, 1) : 0);
    }

    /** Appends a key of a group. */
    void append(int key, int group, ColumnBuilder builder) {
        if (index.isNull(key, group)) {
            builder.appendNull();
            return;
        }
        KeyColumn column = keys.get(key);
        column.append(builder, index.word(key, group, 0), column.words() > 1 ? index.word(key, group, 1) : 0);
    }
}
