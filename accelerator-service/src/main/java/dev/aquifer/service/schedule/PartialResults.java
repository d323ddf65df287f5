package dev.aquifer.service.schedule;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateMerger;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.prune.ZoneAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accumulators of a run, one for each worker that had a turn, what zone maps answered, and what becomes of them. A worker
 * uses its own accumulator only; merging and closing happen when no worker is at it, which {@link FragmentRun} sees to.
 */
final class PartialResults implements AutoCloseable {
    private final RunRequest request;
    private final MemoryBudget memory;
    private final @Nullable Accumulator[] accumulators;
    private final @Nullable ZoneAnswer answer;

    PartialResults(RunRequest request, int workers) {
        this.request = request;
        this.memory = request.place().memory();
        this.accumulators = new @Nullable Accumulator[workers];
        this.answer = ZoneAnswer.of(request.fragment());
    }

    /** What takes slices that need not be read, one thread at a time; null where there can be none. */
    @Nullable
    ZoneAnswer answer() {
        return answer;
    }

    /** Whether zone maps answered anything. */
    boolean isAnswered() {
        return answer != null && !answer.isEmpty();
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
        Batch answered = answer != null && isAnswered() ? answer.batch() : null;
        if (opened.isEmpty() && answered != null) {
            return List.of(answered);
        }
        if (opened.isEmpty()) {
            // An aggregate without keys has a row also over no stripes.
            opened.add(accumulator(0));
        }
        List<Batch> combined = request.kernel().combine(opened, new ExecutionContext(memory, request.stop()));
        return answered == null ? combined : with(combined, answered);
    }

    /** An aggregate without keys is one row, whoever had a part in it. */
    private List<Batch> with(List<Batch> combined, Batch answered) {
        Terminal.Aggregate aggregate = (Terminal.Aggregate) request.fragment().terminal();
        try (AggregateMerger merger = new AggregateMerger(AggregateShape.of(request.fragment(), aggregate), memory)) {
            combined.forEach(merger::add);
            merger.add(answered);
            return merger.finish();
        }
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
