package dev.aquifer.cpu.vector;

/** {@link PackedRange} for codes of one width. */
abstract class RangeKernel {
    /**
     * Clears the bits of rows of a vector whose code is not in [low, low + span], both unsigned.
     *
     * @param address of the vector's packed codes, all of which can be read
     * @param bits of at least {@link Bits#WORDS} words
     */
    abstract void and(long address, long low, long span, long[] bits);
}
