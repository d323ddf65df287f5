package dev.aquifer.benchmarks.latency;

import dev.aquifer.spi.error.AquiferException;

/** A way to ask how many nations a region has. Not thread-safe. */
interface Way extends AutoCloseable {
    /** What a region of TPC-H has. */
    long NATIONS = 5;

    /** The regions' keys go from 0 to below this. */
    int REGIONS = 5;

    /** A bound that no nation's key comes near: a question with this or more has the same answer. */
    long BEYOND_NATIONS = 100;

    /**
     * Asks, and reads to the end.
     *
     * @return the answer, {@link #NATIONS} where all is well
     * @throws AquiferException what the engine or the node says
     */
    long ask();

    @Override
    void close();
}
