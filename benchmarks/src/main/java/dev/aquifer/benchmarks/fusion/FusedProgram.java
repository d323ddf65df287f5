package dev.aquifer.benchmarks.fusion;

import java.lang.foreign.MemorySegment;

/** What is generated: a program over columns of certain widths. Frames of reference differ from stripe to stripe and are arguments. */
abstract class FusedProgram {
    /**
     * Clears the bits of rows of a vector that do not pass.
     *
     * @param columns the blocks of the ranges, in order
     * @param at where their codes begin
     * @param codes the least code of each range, and the distance from it to the greatest
     */
    abstract void filter(MemorySegment[] columns, long[] at, long[] codes, int vector, long[] bits);

    /**
     * The sum of products over the rows of a bitmap.
     *
     * @param count how many rows that are
     * @param frames the base of either column, and its factor
     */
    abstract long sum(
            MemorySegment left,
            long leftAt,
            MemorySegment right,
            long rightAt,
            long[] frames,
            int vector,
            int count,
            long[] bits);
}
