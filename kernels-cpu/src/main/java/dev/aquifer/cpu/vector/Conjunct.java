package dev.aquifer.cpu.vector;

/** One of the conditions all of which a row must meet. */
abstract class Conjunct {
    /** What a stripe's metadata says of all its rows, else roughly what a vector costs, in nanoseconds. */
    static final int NEVER = -2;

    static final int ALWAYS = -1;

    /** Costs that order conjuncts: the cheap ones first, as what they leave out the others need not look at. */
    static final int PACKED = 60;

    static final int CODES = 500;
    static final int COMPUTED = 700;
    static final int TEXT = 20_000;

    /** Looks at the blocks of a new stripe: {@link #NEVER}, {@link #ALWAYS} or a cost. */
    abstract int attach();

    /** Clears the bits of rows of a vector that do not meet the condition. */
    abstract void and(int vector, int rows, long[] bits);
}
