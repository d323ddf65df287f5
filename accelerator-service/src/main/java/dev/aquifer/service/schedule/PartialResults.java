package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateMerger;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.TopNMerger;
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

    /** The partial result of all workers together; for Rows, which were handed on stripe by stripe, nothing. */
    List<Batch> merge() {
        Fragment fragment = request.fragment();
        return switch (fragment.terminal()) {
            case Terminal.Rows rows -> List.of();
            case Terminal.Aggregate aggregate -> {
                List<Batch> parts = parts();
                if (isSingle()) {
                    yield parts;
                }
                try (AggregateMerger merger = new AggregateMerger(AggregateShape.of(fragment, aggregate), memory)) {
                    for (Batch part : parts) {
                        request.stop().check();
                        merger.add(part);
                    }
                    yield merger.finish();
                }
            }
            case Terminal.TopN top -> {
                List<Batch> parts = parts();
                if (isSingle()) {
                    yield parts;
                }
                try (TopNMerger merger = new TopNMerger(fragment.outputTypes(), top.keys(), top.limit(), memory)) {
                    for (Batch part : parts) {
                        request.stop().check();
                        merger.add(part);
                    }
                    yield merger.finish();
                }
            }
        };
    }

    private List<Batch> parts() {
        if (count() == 0) {
            // An aggregate without keys has a row also over no stripes.
            accumulator(0);
        }
        List<Batch> parts = new ArrayList<>();
        for (Accumulator accumulator : accumulators) {
            if (accumulator != null) {
                parts.addAll(accumulator.finish());
            }
        }
        return parts;
    }

    private int count() {
        int count = 0;
        for (Accumulator accumulator : accumulators) {
            count += accumulator == null ? 0 : 1;
        }
        return count;
    }

    private boolean isSingle() {
        return count() == 1;
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
