package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the groups of rows. Where a stripe has few combinations of keys (dictionary codes, small ranges), a table of
 * them is in front of the hash table: each combination is hashed once a stripe.
 */
final class GroupKeys {
    /** Combinations of small keys that a stripe may have for the table in front; it stays in the first-level cache. */
    private static final int CELLS = 4096;

    private final List<KeyColumn> keys;
    private final int words;
    private final int nullWords;
    private final GroupTable table;
    /** The words of the frame's keys, each by row. */
    private final long[][] key;

    private final long[] hashes = new long[Stripes.VECTOR_ROWS];
    private final RowNumbers one = new RowNumbers();
    private final int[] groups = new int[Stripes.VECTOR_ROWS];
    private final int[] cells = new int[Stripes.VECTOR_ROWS];
    private final int[] groupOfCell;
    private boolean planned;
    private boolean small;
    private final int[] strides;

    GroupKeys(List<KeyColumn> keys, MemoryReservation memory) {
        this.keys = keys;
        this.nullWords = (keys.size() + 63) / 64;
        this.words = nullWords + keys.stream().mapToInt(KeyColumn::words).sum();
        this.table = new GroupTable(words, memory);
        this.key = new long[keys.isEmpty() ? 0 : words][Stripes.VECTOR_ROWS];
        this.groupOfCell = new int[keys.isEmpty() ? 0 : CELLS];
        this.strides = new int[keys.size()];
    }

    int size() {
        return table.size();
    }

    int capacity() {
        return table.capacity();
    }

    void beginStripe() {
        planned = false;
    }

    /** The groups of the frame's rows, by row. */
    int[] find(Frame frame, RowNumbers numbers) {
        if (keys.isEmpty()) {
            return groups;
        }
        if (!planned) {
            plan(frame);
        }
        if (small) {
            findByCell(frame, numbers);
        } else {
            hashed(frame, numbers);
        }
        return groups;
    }

    /** Looks whether the stripe's keys have few combinations. */
    private void plan(Frame frame) {
        planned = true;
        int combinations = 1;
        for (int i = 0; i < keys.size(); i++) {
            strides[i] = combinations;
            int domain = keys.get(i).smallDomain(frame, CELLS / combinations);
            if (domain == 0) {
                small = false;
                return;
            }
            combinations *= domain;
        }
        small = true;
        Arrays.fill(groupOfCell, 0, combinations, -1);
    }

    private void findByCell(Frame frame, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        Arrays.fill(cells, 0);
        for (int i = 0; i < strides.length; i++) {
            keys.get(i).addCells(frame, numbers, strides[i], cells);
        }
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int group = groupOfCell[cells[row]];
            if (group < 0) {
                one.only(row);
                hashed(frame, one);
                group = groups[row];
                groupOfCell[cells[row]] = group;
            }
            groups[row] = group;
        }
    }

    private void hashed(Frame frame, RowNumbers numbers) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        for (int word = 0; word < nullWords; word++) {
            for (int i = 0; i < count; i++) {
                key[word][rows[i]] = 0;
            }
        }
        int at = nullWords;
        for (int i = 0; i < keys.size(); i++) {
            KeyColumn column = keys.get(i);
            column.words(frame, numbers, key, at, key[i >>> 6], 1L << i);
            at += column.words();
        }
        table.hash(key, rows, count, hashes);
        table.find(key, hashes, rows, count, groups);
    }

    /** Appends a key of a group. */
    void append(int index, int group, ColumnBuilder builder) {
        if ((table.word(group, index >>> 6) >>> index & 1) != 0) {
            builder.appendNull();
            return;
        }
        int word = nullWords;
        for (int i = 0; i < index; i++) {
            word += keys.get(i).words();
        }
        keys.get(index).append(builder, table, group, word);
    }
}
