package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.merge.AggregateMerger;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.TopNMerger;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a compiled fragment on a device, its stripes dealt out to one or more accumulators. */
final class Execution {
    private Execution() {}

    static Outcome run(Device device, CompiledFragment fragment, List<Stripe> stripes, int accumulators) {
        TrackedMemory memory = new TrackedMemory();
        Outcome outcome;
        try (Kernel kernel = device.compile(fragment.program())) {
            outcome = rows(kernel, fragment, stripes, accumulators, memory);
        } catch (AquiferException e) {
            outcome = new Outcome.Failed(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A device under test may break in any way; that is a finding to report, with its trace, and not the
            // suite's end.
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return new Outcome.Broken(trace.toString());
        }
        return memory.held() == 0
                ? outcome
                : new Outcome.Broken(
                        memory.held() + " bytes of memory are still reserved after close, with " + outcome);
    }

    private static Outcome.Rows rows(
            Kernel kernel, CompiledFragment fragment, List<Stripe> stripes, int count, TrackedMemory memory) {
        ExecutionContext context = new ExecutionContext(memory, () -> {});
        List<Accumulator> accumulators = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                accumulators.add(kernel.open(fragment.arguments(), context));
            }
            List<List<@Nullable Object>> streamed = new ArrayList<>();
            for (int i = 0; i < stripes.size(); i++) {
                for (Batch batch : accumulators.get(i % count).run(stripes.get(i))) {
                    append(fragment.program(), batch, stripes.get(i).ordinal(), streamed);
                }
            }
            List<List<Batch>> parts = new ArrayList<>();
            for (Accumulator accumulator : accumulators) {
                parts.add(accumulator.finish());
            }
            return finish(fragment.program(), parts, streamed);
        } finally {
            accumulators.forEach(Accumulator::close);
        }
    }

    private static Outcome.Rows finish(
            Program program, List<List<Batch>> parts, List<List<@Nullable Object>> streamed) {
        List<List<@Nullable Object>> rows = new ArrayList<>(streamed);
        // One accumulator's result is taken as it is, several are merged: both ways are used.
        switch (program.sink()) {
            case Sink.Rows sink -> {
                parts.forEach(part -> part.forEach(batch -> append(program, batch, -1, rows)));
                return new Outcome.Rows(-1, rows);
            }
            case Sink.Aggregate sink -> {
                List<Batch> merged = parts.getFirst();
                if (parts.size() > 1) {
                    try (AggregateMerger merger =
                            new AggregateMerger(AggregateShape.of(program, sink), MemoryBudget.UNBOUNDED)) {
                        parts.forEach(part -> part.forEach(merger::add));
                        merged = merger.finish();
                    }
                }
                merged.forEach(batch -> append(program, batch, -1, rows));
                return new Outcome.Rows(sink.keys().size(), rows);
            }
            case Sink.TopN sink -> {
                List<Batch> merged = parts.getFirst();
                if (parts.size() > 1) {
                    try (TopNMerger merger =
                            new TopNMerger(program.outputTypes(), sink.keys(), sink.limit(), MemoryBudget.UNBOUNDED)) {
                        parts.forEach(part -> part.forEach(merger::add));
                        merged = merger.finish();
                    }
                }
                merged.forEach(batch -> append(program, batch, -1, rows));
                return new Outcome.Rows(-1, rows);
            }
        }
    }

    /** @param ordinal the stripe that rows came from, put after them where it is not -1 */
    private static void append(Program program, Batch batch, long ordinal, List<List<@Nullable Object>> rows) {
        if (!batch.types().equals(program.outputTypes())) {
            throw new IllegalStateException("a batch of " + batch.types() + ", not " + program.outputTypes());
        }
        for (int i = 0; i < batch.rows(); i++) {
            List<@Nullable Object> row = batch.row(i);
            if (ordinal >= 0) {
                row.add(ordinal);
            }
            rows.add(row);
        }
    }
}
