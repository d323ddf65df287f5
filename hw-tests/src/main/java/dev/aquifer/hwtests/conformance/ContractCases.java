package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.StopSignal;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a device owes beside right results: it stops when told, keeps to its memory, and shares a kernel. */
final class ContractCases {
    private static final Expr COLUMN = new Expr.ColumnRef(0, DataType.INT64);
    private static final long SMALL_BUDGET = 64 << 10;
    /** A device looks at the stop signal between vectors: at least so often in a stripe of 64 of them. */
    private static final int CHECKS = 2;

    private static final int ACCUMULATORS = 3;
    /** Budgets that are too small, from none to one byte less than is needed. */
    private static final int PARTS = 3;

    private final Device device;

    ContractCases(Device device) {
        this.device = device;
    }

    /** Names and what to run; a run gives what is wrong, or null. */
    static Map<String, Supplier<@Nullable String>> of(Device device) {
        ContractCases cases = new ContractCases(device);
        Map<String, Supplier<@Nullable String>> all = new LinkedHashMap<>();
        Map<String, Terminal> terminals = new LinkedHashMap<>();
        terminals.put("Rows", new Terminal.Rows(-1));
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        Terminal.Aggregate aggregate = new Terminal.Aggregate(List.of(0), List.of(count));
        terminals.put("Aggregate", aggregate);
        Completion.Key byCount = new Completion.Key(new FinalColumn.Value(0), true, false);
        terminals.put("first groups", aggregate.with(new Completion.Top(List.of(byCount), 10)));
        terminals.put("distinct values", aggregate.with(new Completion.Distinct(List.of(AggregateFunction.COUNT))));
        terminals.put("TopN", new Terminal.TopN(List.of(new SortKey(0, true, false)), 100_000));
        terminals.forEach((name, terminal) -> {
            all.put("stops when told: " + name, () -> cases.stops(terminal));
            if (!(terminal instanceof Terminal.Rows)) {
                all.put("keeps to its memory: " + name, () -> cases.keepsToItsMemory(terminal));
                all.put("stops combining when told: " + name, () -> cases.stopsCombining(terminal));
                all.put("combines in its memory: " + name, () -> cases.combinesInItsMemory(terminal));
            }
        });
        all.put("shares a kernel", cases::sharesAKernel);
        return all;
    }

    /** Numbers in order, all different: as many groups as rows. The next stripe has half of them too. */
    private static Stripe stripe(long ordinal) {
        long[] values = new long[Stripes.MAX_ROWS];
        for (int i = 0; i < values.length; i++) {
            values[i] = ordinal * values.length / 2 + i;
        }
        Column column = new LongColumn(DataType.INT64, values.length, values, null);
        return new Stripe(ordinal, values.length, List.of(BlockEncoder.encode(column, Arena.ofAuto())));
    }

    private static CompiledFragment fragment(@Nullable Expr filter, Terminal terminal) {
        return FragmentCompiler.compile(
                new Fragment(List.of(new Field("c0", DataType.INT64)), filter, List.of(COLUMN), terminal));
    }

    private @Nullable String stops(Terminal terminal) {
        CompiledFragment compiled = fragment(null, terminal);
        AtomicInteger looks = new AtomicInteger();
        StopSignal stop = () -> {
            if (looks.incrementAndGet() >= CHECKS) {
                throw new AquiferException(ErrorCode.CANCELLED, "stopped");
            }
        };
        try (Kernel kernel = device.compile(compiled.program());
                Accumulator accumulator =
                        kernel.open(compiled.arguments(), new ExecutionContext(MemoryBudget.UNBOUNDED, stop))) {
            accumulator.run(stripe(0));
            return "ran a whole stripe, and looked at the stop signal " + looks + " times";
        } catch (AquiferException e) {
            return e.code() == ErrorCode.CANCELLED ? null : "stopped with " + e.code() + ", not CANCELLED";
        }
    }

    private @Nullable String keepsToItsMemory(Terminal terminal) {
        CompiledFragment compiled = fragment(null, terminal);
        TrackedMemory tracked = new TrackedMemory(SMALL_BUDGET);
        String wrong;
        try (Kernel kernel = device.compile(compiled.program());
                Accumulator accumulator = kernel.open(compiled.arguments(), new ExecutionContext(tracked, () -> {}))) {
            accumulator.run(stripe(0));
            accumulator.finish();
            wrong = "held " + Stripes.MAX_ROWS + " rows in " + SMALL_BUDGET + " bytes, so it says";
        } catch (AquiferException e) {
            wrong = e.code() == ErrorCode.MEMORY_EXCEEDED ? null : "fails with " + e.code() + ", not MEMORY_EXCEEDED";
        }
        return wrong == null ? leftBehind(tracked) : wrong;
    }

    private @Nullable String stopsCombining(Terminal terminal) {
        StopSignal stop = () -> {
            throw new AquiferException(ErrorCode.CANCELLED, "stopped");
        };
        TrackedMemory memory = new TrackedMemory();
        String wrong;
        try {
            long rows = combined(terminal, new ExecutionContext(memory, stop));
            wrong = "combined into " + rows + " rows without a look at the stop signal";
        } catch (AquiferException e) {
            wrong = e.code() == ErrorCode.CANCELLED ? null : "stopped with " + e.code() + ", not CANCELLED";
        }
        return wrong == null ? leftBehind(memory) : wrong;
    }

    /** Less than what combining asks for is too little, and is refused. */
    private @Nullable String combinesInItsMemory(Terminal terminal) {
        TrackedMemory enough = new TrackedMemory();
        long rows = combined(terminal, new ExecutionContext(enough, () -> {}));
        for (int part = 0; part < PARTS && enough.most() > 0; part++) {
            TrackedMemory little = new TrackedMemory((enough.most() - 1) * part / (PARTS - 1));
            try {
                long given = combined(terminal, new ExecutionContext(little, () -> {}));
                return given + " rows with less than the " + enough.most() + " bytes it asks for " + rows + " rows";
            } catch (AquiferException e) {
                if (e.code() != ErrorCode.MEMORY_EXCEEDED) {
                    return "fails with " + e.code() + ", not MEMORY_EXCEEDED";
                }
            }
            String left = leftBehind(little);
            if (left != null) {
                return left;
            }
        }
        return leftBehind(enough);
    }

    private static @Nullable String leftBehind(TrackedMemory memory) {
        return memory.held() == 0 ? null : memory.held() + " bytes still reserved after close";
    }

    /** The rows that accumulators of a stripe each combine to; only combining is under the context. */
    private long combined(Terminal terminal, ExecutionContext context) {
        CompiledFragment compiled = fragment(null, terminal);
        List<Accumulator> accumulators = new ArrayList<>();
        try (Kernel kernel = device.compile(compiled.program())) {
            for (int i = 0; i < ACCUMULATORS; i++) {
                accumulators.add(kernel.open(compiled.arguments(), ExecutionContext.UNBOUNDED));
                accumulators.getLast().run(stripe(i));
            }
            return kernel.combine(accumulators, context).stream()
                    .mapToLong(Batch::rows)
                    .sum();
        } finally {
            accumulators.forEach(Accumulator::close);
        }
    }

    /** Two accumulators with different constants at once over one kernel. */
    private @Nullable String sharesAKernel() {
        Terminal count = new Terminal.Aggregate(List.of(), List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1)));
        CompiledFragment few = fragment(below(10), count);
        CompiledFragment many = fragment(below(40_000), count);
        if (!few.program().equals(many.program())) {
            return "fragments that differ in a constant have different programs";
        }
        Stripe stripe = stripe(0);
        try (Kernel kernel = device.compile(few.program());
                Accumulator first = kernel.open(few.arguments(), ExecutionContext.UNBOUNDED);
                Accumulator second = kernel.open(many.arguments(), ExecutionContext.UNBOUNDED)) {
            first.run(stripe);
            second.run(stripe);
            first.run(new Stripe(1, stripe.rows(), stripe.columns()));
            Object firstCount = single(first.finish());
            Object secondCount = single(second.finish());
            return firstCount.equals(20L) && secondCount.equals(40_000L)
                    ? null
                    : "counts " + firstCount + " and " + secondCount + ", not 20 and 40000";
        }
    }

    private static Object single(List<Batch> batches) {
        return Objects.requireNonNull(batches.getFirst().column(0).value(0));
    }

    private static Expr below(long bound) {
        return Expr.call(Function.LESS, COLUMN, new Expr.Literal(DataType.INT64, bound));
    }
}
