package dev.aquifer.cpu.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.MemoryBudget;
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
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.merge.Completions;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of many stripes in several accumulators, against the reference device: keys of all kinds of domains. */
final class GroupingTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static final DataType MONEY = DataType.decimal(15, 2);
    private static final List<DataType> TYPES = List.of(DataType.INT64, MONEY, DataType.INT64, DataType.BOOLEAN);
    private static final List<AggregateCall> CALLS = List.of(
            new AggregateCall(AggregateFunction.SUM, 1, -1),
            new AggregateCall(AggregateFunction.COUNT, -1, -1),
            new AggregateCall(AggregateFunction.MIN, 1, -1),
            new AggregateCall(AggregateFunction.MAX, 2, 3),
            new AggregateCall(AggregateFunction.SUM, 2, -1),
            new AggregateCall(AggregateFunction.COUNT, 2, 3));

    private final Random random = new Random(SEED);
    private final Device cpu = device("cpu");
    private final Device reference = device("reference");

    private static Device device(String kind) {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .open()
                .getFirst();
    }

    /** Where the keys of stripes lie. */
    enum Domain {
        FEW,
        DENSE,
        CLUSTERED,
        OVERLAPPING,
        DENSE_THEN_WIDE,
        WIDE,
        SPREAD,
        NEGATIVE,
        LEAST_AND_GREATEST,
        MOVING_DOWN,
        FAR_APART
    }

    private LongSupplier keys(Domain domain, int stripe) {
        return switch (domain) {
            case FEW -> () -> random.nextLong(5) - 2;
            case DENSE -> () -> random.nextLong(3_000);
            case CLUSTERED -> () -> stripe * 9_000L + random.nextLong(8_000);
            case OVERLAPPING -> () -> stripe * 3_000L + random.nextLong(8_000);
            case DENSE_THEN_WIDE ->
                stripe < 3
                        ? () -> random.nextLong(2_000)
                        : () -> random.nextInt(3) == 0 ? random.nextLong(2_000) : random.nextLong();
            case WIDE -> random::nextLong;
            case SPREAD -> () -> random.nextLong(50_000_000);
            case NEGATIVE -> () -> -random.nextLong(5_000_000_000L, 5_000_010_000L);
            case LEAST_AND_GREATEST ->
                () -> random.nextBoolean() ? Long.MIN_VALUE + random.nextInt(3) : Long.MAX_VALUE - random.nextInt(3);
            case MOVING_DOWN -> () -> -stripe * 20_000L + random.nextLong(6_000);
            case FAR_APART -> () -> stripe * (1L << 50) + random.nextLong(4_000);
        };
    }

    private Column column(DataType type, int rows, int nullEvery, LongSupplier values) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        for (int row = 0; row < rows; row++) {
            if (nullEvery > 0 && random.nextInt(nullEvery) == 0) {
                builder.appendNull();
            } else if (type.equals(DataType.BOOLEAN)) {
                builder.appendBool(values.getAsLong() != 0);
            } else {
                builder.appendLong(values.getAsLong());
            }
        }
        return builder.build();
    }

    private List<Stripe> stripes(Domain domain, int count) {
        List<Stripe> stripes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int rows = 1 + random.nextInt(4_000);
            // Nulls come late, when there are groups already.
            int nulls = i > 1 ? 20 : 0;
            List<Column> columns = List.of(
                    column(DataType.INT64, rows, nulls, keys(domain, i)),
                    column(MONEY, rows, nulls, () -> random.nextLong(-100, 100)),
                    column(DataType.INT64, rows, nulls, random.nextBoolean() ? random::nextLong : () -> 7),
                    column(DataType.BOOLEAN, rows, 0, () -> random.nextInt(3)));
            stripes.add(stripe(i, rows, columns));
        }
        return stripes;
    }

    private static Fragment fragment(@Nullable Expr filter, List<Expr> projections, Terminal terminal) {
        return new Fragment(fields(TYPES), filter, projections, terminal);
    }

    private static List<Field> fields(List<DataType> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> new Field("c" + i, types.get(i)))
                .toList();
    }

    private static List<Expr> columns() {
        return columns(TYPES);
    }

    private static List<Expr> columns(List<DataType> types) {
        return IntStream.range(0, types.size())
                .<Expr>mapToObj(i -> new Expr.ColumnRef(i, types.get(i)))
                .toList();
    }

    private static Stripe stripe(int ordinal, int rows, List<Column> columns) {
        return new Stripe(
                ordinal,
                rows,
                columns.stream()
                        .map(column -> BlockEncoder.encode(column, Arena.ofAuto()))
                        .toList());
    }

    /** The rows of a result, in an order that does not depend on who made it. */
    private static List<String> run(
            Device device, Fragment fragment, List<Stripe> stripes, int accumulators, ExecutionContext context) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        List<Accumulator> opened = new ArrayList<>();
        try (Kernel kernel = device.compile(compiled.program())) {
            for (int i = 0; i < accumulators; i++) {
                opened.add(kernel.open(compiled.arguments(), context));
            }
            for (int i = 0; i < stripes.size(); i++) {
                opened.get(i % accumulators).run(stripes.get(i));
            }
            List<Batch> batches = kernel.combine(opened, context);
            Sink.Aggregate sink = (Sink.Aggregate) compiled.program().sink();
            if (sink.completion() instanceof Completion.Top top) {
                // More may come than what is first.
                batches = Completions.of(AggregateShape.of(compiled.program(), sink), top, batches, context);
            }
            List<String> rows = new ArrayList<>();
            for (Batch batch : batches) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(batch.row(row).toString());
                }
            }
            return rows.stream().sorted().toList();
        } finally {
            opened.forEach(Accumulator::close);
        }
    }

    private void same(Fragment fragment, List<Stripe> stripes, String what) {
        List<String> expected = run(reference, fragment, stripes, 1, ExecutionContext.UNBOUNDED);
        for (int accumulators : new int[] {1, 2, 5}) {
            Budget budget = new Budget(Long.MAX_VALUE);
            List<String> actual = run(cpu, fragment, stripes, accumulators, new ExecutionContext(budget, () -> {}));
            assertEquals(expected, actual, what + " in " + accumulators + " accumulators, seed " + SEED);
            assertEquals(0, budget.held.get(), what + " left memory behind");
        }
    }

    @ParameterizedTest
    @EnumSource(Domain.class)
    void groupsAreThoseOfTheReference(Domain domain) {
        List<Stripe> stripes = stripes(domain, 7);
        Expr filter = Expr.call(Function.GREATER, new Expr.ColumnRef(1, MONEY), new Expr.Literal(MONEY, 90L));
        for (@Nullable Expr passing : new @Nullable Expr[] {null, filter}) {
            same(fragment(passing, columns(), new Terminal.Aggregate(List.of(0), CALLS)), stripes, "one key");
            same(fragment(passing, columns(), new Terminal.Aggregate(List.of(0, 3), CALLS)), stripes, "two keys");
            same(fragment(passing, columns(), new Terminal.Aggregate(List.of(), CALLS)), stripes, "no keys");
            same(fragment(passing, columns(), new Terminal.Aggregate(List.of(0), List.of())), stripes, "keys alone");
        }
    }

    @ParameterizedTest
    @EnumSource(Domain.class)
    void firstGroupsAreThoseOfTheReference(Domain domain) {
        List<Stripe> stripes = stripes(domain, 5);
        FinalColumn key = new FinalColumn.Key(0);
        for (boolean descending : new boolean[] {false, true}) {
            for (FinalColumn first : List.of(
                    key,
                    new FinalColumn.Value(0),
                    new FinalColumn.Value(1),
                    new FinalColumn.Value(2),
                    new FinalColumn.Value(3),
                    new FinalColumn.Value(4),
                    new FinalColumn.Average(0, 1))) {
                for (long limit : new long[] {0, 1, 10, 3_000}) {
                    List<Completion.Key> order = List.of(
                            new Completion.Key(first, descending, random.nextBoolean()),
                            new Completion.Key(key, random.nextBoolean(), random.nextBoolean()));
                    // With ties, and without.
                    List<Completion.Key> some = order.subList(0, 1 + random.nextInt(2));
                    same(
                            fragment(
                                    null,
                                    columns(),
                                    new Terminal.Aggregate(List.of(0), CALLS, new Completion.Top(some, limit))),
                            stripes,
                            "first " + limit + " by " + some);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Domain.class)
    void distinctValuesAreThoseOfTheReference(Domain domain) {
        List<Stripe> stripes = stripes(domain, 5);
        for (List<AggregateCall> calls : List.of(List.<AggregateCall>of(), CALLS)) {
            for (List<Integer> keys : List.of(List.of(0), List.of(3, 0))) {
                for (AggregateFunction function : List.of(AggregateFunction.COUNT, AggregateFunction.SUM)) {
                    same(
                            fragment(
                                    null,
                                    columns(),
                                    new Terminal.Aggregate(keys, calls, new Completion.Distinct(List.of(function)))),
                            stripes,
                            function + " of distinct keys by " + keys);
                }
            }
        }
    }

    /** Rows of very few groups come as bitmaps; the keys in every encoding, with nulls and without. */
    @Test
    void veryFewGroupsAreThoseOfTheReference() {
        List<DataType> types =
                List.of(DataType.INT64, DataType.VARCHAR, DataType.BOOLEAN, MONEY, MONEY, DataType.INT64, MONEY);
        List<Expr> columns = columns(types);
        List<AggregateCall> calls = List.of(
                new AggregateCall(AggregateFunction.SUM, 3, -1),
                new AggregateCall(AggregateFunction.SUM, 4, -1),
                new AggregateCall(AggregateFunction.MIN, 5, -1),
                new AggregateCall(AggregateFunction.SUM, 6, -1),
                new AggregateCall(AggregateFunction.SUM, 5, -1),
                new AggregateCall(AggregateFunction.COUNT, -1, -1),
                new AggregateCall(AggregateFunction.SUM, 3, 2));
        List<List<Integer>> keys = List.of(List.of(0), List.of(1), List.of(0, 1), List.of(2, 1), List.of(), List.of(2));
        for (int round = 0; round < 40; round++) {
            int values = 1 + random.nextInt(5);
            boolean sorted = random.nextInt(4) == 0;
            List<Stripe> stripes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int rows = 1 + random.nextInt(5_000);
                int nulls = random.nextBoolean() ? 0 : 2 + random.nextInt(30);
                int least = random.nextInt(3) - 1;
                int[] at = {0};
                LongSupplier key = () -> least + (sorted ? (long) at[0]++ * values / rows : random.nextLong(values));
                List<Column> data = List.of(
                        column(DataType.INT64, rows, nulls, key),
                        texts(rows, nulls, values),
                        column(DataType.BOOLEAN, rows, random.nextBoolean() ? nulls : 0, () -> random.nextInt(2)),
                        column(MONEY, rows, 0, () -> random.nextLong(-100, 100)),
                        column(MONEY, rows, 0, () -> random.nextLong(1_000_000)),
                        column(DataType.INT64, rows, 0, random.nextBoolean() ? random::nextLong : () -> 3),
                        column(MONEY, rows, nulls, () -> random.nextLong(50)));
                stripes.add(stripe(i, rows, data));
            }
            Expr most = Expr.call(Function.GREATER, columns.get(3), new Expr.Literal(MONEY, -90L));
            Expr few = Expr.call(Function.GREATER, columns.get(3), new Expr.Literal(MONEY, 95L));
            for (@Nullable Expr filter : new @Nullable Expr[] {null, most, few}) {
                for (List<Integer> by : keys) {
                    Terminal terminal = new Terminal.Aggregate(by, calls);
                    same(
                            new Fragment(fields(types), filter, columns, terminal),
                            stripes,
                            "round " + round + " by " + by);
                }
            }
        }
    }

    /** Few rows of a vector wait for those of the next ones, also where a column has one value only and is looked up by code. */
    @Test
    void rowsThatWaitedHaveTheConstantsOfTheirStripe() {
        List<Stripe> stripes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int rows = 3_000 + random.nextInt(5_000);
            long constant = random.nextInt(3);
            List<Column> columns = List.of(
                    column(DataType.INT64, rows, 0, () -> constant),
                    column(MONEY, rows, 0, () -> random.nextLong(1_000)),
                    column(DataType.INT64, rows, 0, () -> random.nextLong(100_000)),
                    column(DataType.BOOLEAN, rows, 0, () -> 1));
            stripes.add(stripe(i, rows, columns));
        }
        Expr filter = Expr.call(Function.GREATER, new Expr.ColumnRef(1, MONEY), new Expr.Literal(MONEY, 985L));
        Expr isOne =
                Expr.call(Function.EQUAL, new Expr.ColumnRef(0, DataType.INT64), new Expr.Literal(DataType.INT64, 1L));
        List<Expr> projections = List.of(
                new Expr.ColumnRef(0, DataType.INT64),
                new Expr.ColumnRef(1, MONEY),
                new Expr.ColumnRef(2, DataType.INT64),
                isOne);
        List<AggregateCall> calls = List.of(
                new AggregateCall(AggregateFunction.SUM, 1, -1),
                new AggregateCall(AggregateFunction.COUNT, -1, -1),
                new AggregateCall(AggregateFunction.SUM, 2, 3),
                new AggregateCall(AggregateFunction.COUNT, -1, 3));
        for (List<Integer> keys : List.of(List.of(0), List.<Integer>of(), List.of(3), List.of(0, 3))) {
            same(fragment(filter, projections, new Terminal.Aggregate(keys, calls)), stripes, "by " + keys);
        }
    }

    private Column texts(int rows, int nullEvery, int values) {
        ColumnBuilder builder = new ColumnBuilder(DataType.VARCHAR, rows);
        for (int row = 0; row < rows; row++) {
            if (nullEvery > 0 && random.nextInt(nullEvery) == 0) {
                builder.appendNull();
            } else {
                byte[] text = "x".repeat(random.nextInt(values)).getBytes(StandardCharsets.UTF_8);
                builder.appendBytes(text, 0, text.length);
            }
        }
        return builder.build();
    }

    /** Past 64 bits and back: pending sums are flushed and wide ones merged. */
    @Test
    void sumsThatLeave64Bits() {
        List<Stripe> stripes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean large = i % 2 == 1;
            List<Column> columns = List.of(
                    column(DataType.INT64, 3_000, 0, () -> random.nextLong(6_000)),
                    column(MONEY, 3_000, 0, () -> 999_999_999_999_999L),
                    column(
                            DataType.INT64,
                            3_000,
                            0,
                            () -> large ? Long.MAX_VALUE - random.nextInt(9) : random.nextInt()),
                    column(DataType.BOOLEAN, 3_000, 0, () -> random.nextInt(2)));
            stripes.add(new Stripe(
                    i,
                    3_000,
                    columns.stream()
                            .map(column -> BlockEncoder.encode(column, Arena.ofAuto()))
                            .toList()));
        }
        for (List<Integer> keys : List.of(List.<Integer>of(), List.of(0), List.of(3), List.of(3, 0))) {
            same(fragment(null, columns(), new Terminal.Aggregate(keys, CALLS)), stripes, "large sums by " + keys);
        }
    }

    @ParameterizedTest
    @EnumSource(Domain.class)
    void aRefusalLeavesNothingBehind(Domain domain) {
        List<Stripe> stripes = stripes(domain, 5);
        Fragment fragment = fragment(null, columns(), new Terminal.Aggregate(List.of(0), CALLS));
        Budget enough = new Budget(Long.MAX_VALUE);
        run(cpu, fragment, stripes, 3, new ExecutionContext(enough, () -> {}));
        assertTrue(enough.most.get() > 0);
        for (int part = 1; part < 8; part++) {
            Budget little = new Budget(enough.most.get() * part / 8);
            AquiferException refused = assertThrows(
                    AquiferException.class,
                    () -> run(cpu, fragment, stripes, 3, new ExecutionContext(little, () -> {})));
            assertEquals(ErrorCode.MEMORY_EXCEEDED, refused.code());
            assertEquals(0, little.held.get());
        }
    }

    /** What is kept of many groups to find the first is asked for, and given back. */
    @Test
    void firstGroupsAskForMemory() {
        int rows = 10_000;
        long[] next = {0};
        List<Column> columns = List.of(
                column(DataType.INT64, rows, 0, () -> next[0]++),
                column(MONEY, rows, 0, () -> 1),
                column(DataType.INT64, rows, 0, () -> 1),
                column(DataType.BOOLEAN, rows, 0, () -> 1));
        Stripe stripe = new Stripe(
                0,
                rows,
                columns.stream()
                        .map(column -> BlockEncoder.encode(column, Arena.ofAuto()))
                        .toList());
        List<Completion.Key> order = List.of(new Completion.Key(new FinalColumn.Key(0), false, false));
        CompiledFragment compiled = FragmentCompiler.compile(fragment(
                null, columns(), new Terminal.Aggregate(List.of(0), CALLS, new Completion.Top(order, rows / 2))));
        try (Kernel kernel = cpu.compile(compiled.program());
                Accumulator accumulator = kernel.open(compiled.arguments(), ExecutionContext.UNBOUNDED)) {
            accumulator.run(stripe);
            // Less than a number of 4 bytes for each of the first.
            Budget little = new Budget(2L * rows - 1);
            AquiferException refused = assertThrows(
                    AquiferException.class,
                    () -> kernel.combine(List.of(accumulator), new ExecutionContext(little, () -> {})));
            assertEquals(ErrorCode.MEMORY_EXCEEDED, refused.code());
            assertEquals(0, little.held.get());
            Budget enough = new Budget(Long.MAX_VALUE);
            List<Batch> first = kernel.combine(List.of(accumulator), new ExecutionContext(enough, () -> {}));
            assertEquals(rows / 2, first.stream().mapToInt(Batch::rows).sum());
            assertEquals(0, enough.held.get());
        }
    }

    private static final class Budget implements MemoryBudget {
        private final long limit;
        private final AtomicLong held = new AtomicLong();
        private final AtomicLong most = new AtomicLong();

        Budget(long limit) {
            this.limit = limit;
        }

        @Override
        public void reserve(long bytes) {
            if (held.get() + bytes > limit) {
                throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, bytes + " bytes");
            }
            most.set(Math.max(most.get(), held.addAndGet(bytes)));
        }

        @Override
        public void release(long bytes) {
            held.addAndGet(-bytes);
        }
    }
}
