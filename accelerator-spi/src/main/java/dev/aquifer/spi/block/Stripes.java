package dev.aquifer.spi.block;

/** The row geometry shared by every device. */
public final class Stripes {
    /** The most rows of a stripe, and so of a block. */
    public static final int MAX_ROWS = 65_536;
    /** Rows of a vector, the unit that flows through primitives. */
    public static final int VECTOR_ROWS = 1_024;

    private Stripes() {}

    /** Stripes that the rows of a row group take. */
    public static long count(long rows) {
        return (rows + MAX_ROWS - 1) / MAX_ROWS;
    }

    /** Vectors that {@code rows} rows take. */
    public static int vectors(int rows) {
        return (rows + VECTOR_ROWS - 1) / VECTOR_ROWS;
    }
}
