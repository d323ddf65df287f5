package dev.aquifer.spi.device;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import java.util.List;

/** A program made ready on a device. Thread-safe. */
public interface Kernel extends AutoCloseable {
    Program program();

    /**
     * Starts one thread's share of an execution.
     *
     * @param arguments one for each of the program's parameters, of its kind and type
     * @throws dev.aquifer.spi.error.AquiferException INVALID_ARGUMENT if a pattern is malformed
     */
    Accumulator open(List<Argument> arguments, ExecutionContext context);

    /**
     * The result of accumulators of this kernel together: for an Aggregate one row a group, completed as the sink says; for a TopN
     * the first rows; empty for Rows. The accumulators are spent, and are to be closed by whoever opened them; what they hold of
     * their budgets stays held until then.
     *
     * @param accumulators one or more, at which no other thread is
     * @param context asked for what combining needs
     * @throws dev.aquifer.spi.error.AquiferException MEMORY_EXCEEDED where the budget refuses; CANCELLED or DEADLINE_EXCEEDED from
     *     the context
     */
    List<Batch> combine(List<? extends Accumulator> accumulators, ExecutionContext context);

    @Override
    void close();
}
