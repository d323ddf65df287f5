package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.INTS;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Rows of a vector by a small number of theirs. */
public final class EqualCells {
    private EqualCells() {}

    /**
     * The selected rows whose number is the given one.
     *
     * @param cells by row, 1,024 of them
     * @param bits gets them
     * @return how many
     */
    public static int find(int[] cells, int cell, long[] selection, long[] bits) {
        int count = 0;
        int lanes = INTS.length();
        for (int word = 0; word < Bits.WORDS; word++) {
            long equal = 0;
            if (selection[word] != 0) {
                int from = word << 6;
                for (int at = 0; at < 64; at += lanes) {
                    equal |= IntVector.fromArray(INTS, cells, from + at)
                                    .compare(VectorOperators.EQ, cell)
                                    .toLong()
                            << at;
                }
                equal &= selection[word];
            }
            bits[word] = equal;
            count += Long.bitCount(equal);
        }
        return count;
    }
}
