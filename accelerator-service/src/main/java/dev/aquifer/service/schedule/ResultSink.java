package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;

/**
 * Who takes a fragment's results. Calls never overlap, and none follows {@link #finished} or {@link #failed}, of which
 * exactly one comes.
 */
public interface ResultSink {
    /** What {@link #batch} gets as ordinal where rows come from no single stripe. */
    long NO_ORDINAL = -1;

    /** Whether it wants more now; where not, it calls {@link FragmentRun#resume()} later. */
    boolean isReady();

    /**
     * Takes rows, and may hold them back until {@link #flush}.
     *
     * @param ordinal of the stripe the rows come from, ascending over the calls; or {@link #NO_ORDINAL}
     * @throws AquiferException ends the fragment with that failure
     */
    void batch(long ordinal, Batch batch);

    /** Hands on all rows taken: no more will come for a while. */
    void flush();

    /** The end; rows taken are handed on with it, or before. */
    void finished(RunStatistics statistics);

    void failed(AquiferException failure);
}
