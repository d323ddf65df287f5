package dev.aquifer.spi.device;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import java.util.List;

/**
 * One thread's share of an execution: takes stripes, keeps state. Not thread-safe. The partial results of several
 * accumulators over the same kernel merge (package {@code merge}) to the same result however the stripes were spread.
 */
public interface Accumulator extends AutoCloseable {
    /**
     * Runs the program over a stripe.
     *
     * <p>Where rows fail, the error is that of one of them, the first of its operations in program order that fails. Rows
     * that a Rows sink's limit leaves out may be evaluated or not.
     *
     * @return for a Rows sink the rows of this stripe that pass, at most the limit of each stripe, in row order; for the
     *     others an empty list, as their results come with {@link #finish()}
     * @throws AquiferException a USER code where a value of the data makes the program fail (division by zero, overflow);
     *     MEMORY_EXCEEDED where the budget refuses; CANCELLED or DEADLINE_EXCEEDED from the context
     */
    List<Batch> run(Stripe stripe);

    /**
     * The partial result: groups with their states in any order, or the first n rows in order; empty for Rows. Call once.
     * An Aggregate without keys gives exactly one row here, also when no stripe was run. A completion is left to
     * {@link Kernel#combine}, which is called in this method's place.
     */
    List<Batch> finish();

    /** Gives memory back to the budget. */
    @Override
    void close();
}
