package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.Completions;
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
            List<List<@Nullable Object>> rows = new ArrayList<>(streamed);
            // One accumulator's result is taken as it is, several are combined: both ways are used.
            boolean single = count == 1 && !isCompleted(fragment.program());
            List<Batch> whole = single ? accumulators.getFirst().finish() : kernel.combine(accumulators, context);
            for (Batch batch : cut(fragment.program(), whole, context)) {
                append(fragment.program(), batch, -1, rows);
            }
            return new Outcome.Rows(keys(fragment.program()), rows);
        } finally {
            accumulators.forEach(Accumulator::close);
        }
    }

    /** A device may give more groups than the first ones; these are what is compared. */
    private static List<Batch> cut(Program program, List<Batch> groups, ExecutionContext context) {
        return program.sink() instanceof Sink.Aggregate aggregate
                        && aggregate.completion() instanceof Completion.Top top
                ? Completions.of(AggregateShape.of(program, aggregate), top, groups, context)
                : groups;
    }

    private static boolean isCompleted(Program program) {
        return program.sink() instanceof Sink.Aggregate aggregate && aggregate.completion() != null;
    }

    /** The leading columns that tell the rows of a result apart, or -1 where these are in an order. */
    private static int keys(Program program) {
        return program.sink() instanceof Sink.Aggregate aggregate
                ? aggregate.keys().size() - (aggregate.completion() instanceof Completion.Distinct ? 1 : 0)
                : -1;
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
