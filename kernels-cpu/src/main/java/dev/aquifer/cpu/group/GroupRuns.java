package dev.aquifer.cpu.group;

import dev.aquifer.spi.block.Stripes;
import java.util.Arrays;

/**
 * The rows of a vector sorted by group, where groups are few: then every aggregate adds up run by run in registers, in the place
 * of one load and store of a state a row, each of which would wait for the one before.
 */
final class GroupRuns {
    private static final int MOST_GROUPS = 32;

    /** Fewer rows a group than this are not worth the sorting. */
    private static final int LEAST_ROWS = 16;

    private final int[] rows = new int[Stripes.VECTOR_ROWS];
    private final int[] starts = new int[MOST_GROUPS + 2];
    private boolean found;

    void find(int[] groupOf, RowNumbers numbers, int groups) {
        int count = numbers.count();
        found = groups > 0 && groups <= MOST_GROUPS && count >= groups * LEAST_ROWS;
        if (!found) {
            return;
        }
        int[] source = numbers.rows();
        Arrays.fill(starts, 0);
        for (int i = 0; i < count; i++) {
            starts[groupOf[source[i]] + 2]++;
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 2] += starts[group + 1];
        }
        // Each start moves to its run's end, which is the start of the next.
        for (int i = 0; i < count; i++) {
            int row = source[i];
            rows[starts[groupOf[row] + 1]++] = row;
        }
    }

    boolean found() {
        return found;
    }

    /** The rows, those of group 0 first. */
    int[] rows() {
        return rows;
    }

    /** Where a group's rows begin, and those of the group before it end. */
    int from(int group) {
        return starts[group];
    }
}
