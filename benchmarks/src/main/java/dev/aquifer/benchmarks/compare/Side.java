package dev.aquifer.benchmarks.compare;

/** An engine with the tables, ready to be asked. Not thread-safe. */
interface Side extends AutoCloseable {
    /** The whole answer, as text. */
    Answer answer(String sql);

    /**
     * Asks, and reads to the last row without turning values into anything.
     *
     * @return the rows read
     */
    long run(String sql);

    @Override
    void close();
}
