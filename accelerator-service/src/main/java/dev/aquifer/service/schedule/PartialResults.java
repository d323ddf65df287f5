package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.Stripe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accumulators of a run, one for each worker that had a turn, and what becomes of them. A worker uses its own only;
 * merging and closing happen when no worker is at it, which {@link FragmentRun} sees to.
 */
final class PartialResults implements AutoCloseable {
    private final RunRequest request;
    private final MemoryBudget memory;
    private final @Nullable Accumulator[] accumulators;

    PartialResults(RunRequest request, int workers) {
        this.request = request;
        this.memory = request.place().memory();
        this.accumulators = new @Nullable Accumulator[workers];
    }

    List<Batch> run(int worker, Stripe stripe) {
        request.stop().check();
        return accumulator(worker).run(stripe);
    }

    private Accumulator accumulator(int worker) {
        Accumulator accumulator = accumulators[worker];
        if (accumulator == null) {
            accumulator = request.kernel().open(request.arguments(), new ExecutionContext(memory, request.stop()));
            accumulators[worker] = accumulator;
        }
        return accumulator;
    }

    /** The result of all workers together; for Rows, which were handed on stripe by stripe, nothing. */
    List<Batch> merge() {
        List<Accumulator> opened = new ArrayList<>();
        for (Accumulator accumulator : accumulators) {
            if (accumulator != null) {
                opened.add(accumulator);
            }
        }
        if (opened.isEmpty()) {
            // An aggregate without keys has a row also over no stripes.
            opened.add(accumulator(0));
        }
        return request.kernel().combine(opened, new ExecutionContext(memory, request.stop()));
    }

    /** Closes all, also where one fails to. */
    @Override
    public void close() {
        close(0);
    }

    private void close(int worker) {
        if (worker < accumulators.length) {
            try (Accumulator _ = accumulators[worker]) {
                accumulators[worker] = null;
                close(worker + 1);
            }
        }
    }
}
