package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Frame;

/** The groups of rows by their keys: a number for each combination of keys that came. */
interface KeyIndex extends GroupNumbers {
    /**
     * Looks at what is known of the keys of the stripe that the frame is at.
     *
     * @param rows of the stripe
     */
    void plan(Frame frame, int rows);

    /** Whether the groups of rows are as quickly found one by one as by a table of few combinations. */
    boolean isQuick();

    /** Finds the groups of some of the frame's rows, by row. */
    void find(Frame frame, RowNumbers numbers, int[] groups);

    boolean isNull(int key, int group);

    /** A word of a key of a group; 0 and 1, where an INT128 has two. */
    long word(int key, int group, int word);

    /** Finds the groups of groups of another index, whose keys are of the same types; new ones where there are none. */
    void adopt(KeyIndex other, int[] numbers, int count, int[] groups);
}
