package dev.aquifer.cpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Encoding;
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
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is this device's own: selections sparse and dense, encoded filters, stopping, memory. The rest is the conformance suite's. */
class CpuDeviceTest {
    private static final long SEED = 4_711L;
    private static final DataType MONEY = DataType.decimal(15, 2);

    private final Device cpu = device("cpu");
    private final Device reference = device("reference");
    private final SplittableRandom random = new SplittableRandom(SEED);

    private static Device device(String kind) {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .open()
                .getFirst();
    }

    private static Expr column(int index, DataType type) {
        return new Expr.ColumnRef(index, type);
    }

    private static Expr number(long value) {
        return new Expr.Literal(DataType.INT64, value);
    }

    private static Fragment fragment(
            List<DataType> types, @Nullable Expr filter, List<Expr> projections, Terminal terminal) {
        List<Field> fields = IntStream.range(0, types.size())
                .mapToObj(i -> new Field("c" + i, types.get(i)))
                .toList();
        return new Fragment(fields, filter, projections, terminal);
    }

    private static Column column(int rows, int nullEvery, LongUnaryOperator value) {
        ColumnBuilder builder = new ColumnBuilder(DataType.INT64, rows);
        for (int row = 0; row < rows; row++) {
            if (nullEvery > 0 && row % nullEvery == 0) {
                builder.appendNull();
            } else {
                builder.appendLong(value.applyAsLong(row));
            }
        }
        return builder.build();
    }

    private static Block encoded(Column column, Encoding encoding) {
        return BlockEncoder.supports(column, encoding)
                ? BlockEncoder.encode(column, encoding, Arena.ofAuto())
                : BlockEncoder.encode(column, Arena.ofAuto());
    }

    private static List<String> run(Device device, Fragment fragment, List<Stripe> stripes, ExecutionContext context) {
        CompiledFragment compiled = FragmentCompiler.compile(fragment);
        List<String> rows = new ArrayList<>();
        try (Kernel kernel = device.compile(compiled.program());
                Accumulator accumulator = kernel.open(compiled.arguments(), context)) {
            for (Stripe stripe : stripes) {
                accumulator.run(stripe).forEach(batch -> addRows(batch, rows));
            }
            accumulator.finish().forEach(batch -> addRows(batch, rows));
        }
        return rows;
    }

    private static void addRows(Batch batch, List<String> rows) {
        for (int row = 0; row < batch.rows(); row++) {
            rows.add(batch.row(row).toString());
        }
    }

    private void same(Fragment fragment, List<Stripe> stripes, String what) {
        List<String> expected = run(reference, fragment, stripes, ExecutionContext.UNBOUNDED);
        List<String> actual = run(cpu, fragment, stripes, ExecutionContext.UNBOUNDED);
        if (fragment.terminal() instanceof Terminal.Aggregate) {
            // Groups come in any order.
            expected = expected.stream().sorted().toList();
            actual = actual.stream().sorted().toList();
        }
        assertEquals(expected, actual, what + ", seed " + SEED);
    }

    /** From one row in 1,024 to all but one: rows are moved together below three quarters, and stay above. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 95, 96, 97, 255, 256, 700, 767, 768, 769, 1_000, 1_023, 1_024})
    void everySelectivityGivesTheSameRows(int per1024) {
        for (int rows : new int[] {1, 64, 1_023, 1_025, 5_000}) {
            Column key = column(rows, 0, row -> random.nextInt(1_024));
            Column value = column(rows, 7, row -> random.nextLong(-1_000_000, 1_000_000));
            ColumnBuilder texts = new ColumnBuilder(DataType.VARCHAR, rows);
            for (int row = 0; row < rows; row++) {
                texts.append(row % 5 == 0 ? null : Bytes.utf8("text " + random.nextInt(10_000)));
            }
            Column text = texts.build();
            List<DataType> types = List.of(DataType.INT64, DataType.INT64, DataType.VARCHAR);
            List<Stripe> stripes = List.of(new Stripe(
                    3,
                    rows,
                    List.of(
                            encoded(key, Encoding.PACKED),
                            encoded(value, Encoding.PACKED),
                            encoded(text, Encoding.PLAIN))));
            Expr filter = Expr.call(Function.LESS, column(0, DataType.INT64), number(per1024));
            Expr sum = Expr.call(Function.ADD, column(1, DataType.INT64), column(0, DataType.INT64));
            List<Expr> outputs = List.of(sum, column(2, DataType.VARCHAR), filter);
            same(fragment(types, filter, outputs, new Terminal.Rows(-1)), stripes, "rows");
            same(
                    fragment(
                            types,
                            filter,
                            outputs,
                            new Terminal.TopN(List.of(new SortKey(1, true, true), new SortKey(0, false, false)), 10)),
                    stripes,
                    "first rows");
            same(
                    fragment(
                            types,
                            filter,
                            List.of(column(2, DataType.VARCHAR), sum, column(0, DataType.INT64)),
                            new Terminal.Aggregate(
                                    List.of(0),
                                    List.of(
                                            new AggregateCall(AggregateFunction.SUM, 1, -1),
                                            new AggregateCall(AggregateFunction.MAX, 2, -1)))),
                    stripes,
                    "groups");
        }
    }

    /** The constant below, at, inside, at the other end of and above the values, for every comparison and encoding. */
    @ParameterizedTest
    @EnumSource(Encoding.class)
    void constantsMoveIntoTheEncodedDomain(Encoding encoding) {
        long[] bases = {0, -300, Long.MIN_VALUE, Long.MAX_VALUE - 299};
        for (long base : bases) {
            Column values = column(2_100, 11, row -> base + row / 7);
            List<Stripe> stripes = List.of(new Stripe(0, 2_100, List.of(encoded(values, encoding))));
            for (long offset : new long[] {-1, 0, 1, 150, 298, 299, 300}) {
                Expr constant = number(base + offset);
                for (Function comparison : List.of(
                        Function.EQUAL,
                        Function.NOT_EQUAL,
                        Function.LESS,
                        Function.LESS_OR_EQUAL,
                        Function.GREATER,
                        Function.GREATER_OR_EQUAL,
                        Function.IS_DISTINCT_FROM)) {
                    Expr value = column(0, DataType.INT64);
                    Terminal counted = new Terminal.Aggregate(
                            List.of(),
                            List.of(
                                    new AggregateCall(AggregateFunction.COUNT, -1, -1),
                                    new AggregateCall(AggregateFunction.MIN, 0, -1),
                                    new AggregateCall(AggregateFunction.MAX, 0, -1)));
                    String what = base + " " + comparison + " " + offset;
                    same(
                            fragment(
                                    List.of(DataType.INT64),
                                    Expr.call(comparison, value, constant),
                                    List.of(value),
                                    counted),
                            stripes,
                            what);
                    same(
                            fragment(
                                    List.of(DataType.INT64),
                                    Expr.call(comparison, constant, value),
                                    List.of(value),
                                    counted),
                            stripes,
                            what + " the other way round");
                }
            }
        }
    }

    /** Bounds that allow 64 bits in one stripe and not in the next: the sum must not wrap, nor the product. */
    @Test
    void sumsGoOnFromNarrowStripesToWideOnes() {
        DataType wide = DataType.decimal(30, 4);
        List<Stripe> stripes = new ArrayList<>();
        for (int stripe = 0; stripe < 6; stripe++) {
            long most = stripe % 2 == 0 ? 1_000L : 999_999_999_999_999L;
            Column values = money(3_000, () -> random.nextLong(-most, most));
            Column factors = money(3_000, () -> random.nextLong(-most, most));
            stripes.add(new Stripe(
                    stripe, 3_000, List.of(encoded(values, Encoding.PACKED), encoded(factors, Encoding.PACKED))));
        }
        Expr product = Expr.call(Function.MULTIPLY, column(0, MONEY), column(1, MONEY));
        assertEquals(wide, product.type());
        Expr sign = Expr.call(Function.LESS, column(0, MONEY), new Expr.Literal(MONEY, 0L));
        List<AggregateCall> calls = List.of(
                new AggregateCall(AggregateFunction.SUM, 1, -1),
                new AggregateCall(AggregateFunction.SUM, 2, -1),
                new AggregateCall(AggregateFunction.SUM, 1, 0));
        for (List<Integer> keys : List.of(List.<Integer>of(), List.of(0))) {
            same(
                    fragment(
                            List.of(MONEY, MONEY),
                            null,
                            List.of(sign, product, column(0, MONEY)),
                            new Terminal.Aggregate(keys, calls)),
                    stripes,
                    "sums by " + keys);
        }
    }

    private static Column money(int rows, LongSupplier value) {
        ColumnBuilder builder = new ColumnBuilder(MONEY, rows);
        for (int row = 0; row < rows; row++) {
            builder.appendLong(value.getAsLong());
        }
        return builder.build();
    }

    @Test
    void moreGroupsThanAVectorOrABatchHas() {
        List<Stripe> stripes = new ArrayList<>();
        for (int stripe = 0; stripe < 2; stripe++) {
            long first = stripe * 40_000L;
            Column keys = column(65_536, 0, row -> first * 1_000 + row * 1_000L);
            stripes.add(new Stripe(stripe, 65_536, List.of(encoded(keys, Encoding.PACKED))));
        }
        Expr key = column(0, DataType.INT64);
        Fragment counted = fragment(
                List.of(DataType.INT64),
                null,
                List.of(key),
                new Terminal.Aggregate(List.of(0), List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1))));
        List<String> groups = run(cpu, counted, stripes, ExecutionContext.UNBOUNDED);
        assertEquals(105_536, groups.size());
        assertEquals(105_536, groups.stream().distinct().count());
        assertEquals(25_536, groups.stream().filter(row -> row.endsWith(", 2]")).count());
    }

    @Test
    void aStopSignalStopsBetweenVectors() {
        Column values = column(65_536, 0, row -> row);
        List<Stripe> stripes = List.of(new Stripe(0, 65_536, List.of(encoded(values, Encoding.PACKED))));
        AtomicInteger looks = new AtomicInteger();
        ExecutionContext context = new ExecutionContext(MemoryBudget.UNBOUNDED, () -> {
            if (looks.incrementAndGet() == 5) {
                throw new AquiferException(ErrorCode.CANCELLED, "enough");
            }
        });
        Fragment all =
                fragment(List.of(DataType.INT64), null, List.of(column(0, DataType.INT64)), new Terminal.Rows(-1));
        AquiferException stopped = assertThrows(AquiferException.class, () -> run(cpu, all, stripes, context));
        assertEquals(ErrorCode.CANCELLED, stopped.code());
        assertEquals(5, looks.get());
    }

    /** Every kind of state: what it asks for it gives back, and it asks before it grows. */
    @Test
    void memoryIsAskedForAndGivenBack() {
        Column values = column(20_000, 0, row -> row * 12_345_679L);
        ColumnBuilder texts = new ColumnBuilder(DataType.VARCHAR, 20_000);
        for (int row = 0; row < 20_000; row++) {
            texts.append(Bytes.utf8("a text of some length, number " + row));
        }
        List<Stripe> stripes = List.of(new Stripe(
                0, 20_000, List.of(encoded(values, Encoding.PACKED), encoded(texts.build(), Encoding.PLAIN))));
        List<DataType> types = List.of(DataType.INT64, DataType.VARCHAR);
        List<Expr> outputs = List.of(column(0, DataType.INT64), column(1, DataType.VARCHAR));
        for (Terminal terminal : List.of(
                new Terminal.Rows(-1),
                new Terminal.TopN(List.of(new SortKey(0, true, false)), 10_000),
                new Terminal.Aggregate(List.of(1), List.of(new AggregateCall(AggregateFunction.SUM, 0, -1))),
                new Terminal.Aggregate(List.of(0), List.of(new AggregateCall(AggregateFunction.MAX, 1, -1))))) {
            Fragment fragment = fragment(types, null, outputs, terminal);
            Budget enough = new Budget(Long.MAX_VALUE);
            run(cpu, fragment, stripes, new ExecutionContext(enough, () -> {}));
            assertEquals(0, enough.held.get(), terminal.toString());
            assertTrue(enough.most.get() > 300_000, terminal + " asked for " + enough.most);

            Budget tooLittle = new Budget(enough.most.get() / 2);
            AquiferException refused = assertThrows(
                    AquiferException.class,
                    () -> run(cpu, fragment, stripes, new ExecutionContext(tooLittle, () -> {})));
            assertEquals(ErrorCode.MEMORY_EXCEEDED, refused.code());
            assertEquals(0, tooLittle.held.get(), terminal.toString());
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
            if (held.addAndGet(bytes) > limit) {
                held.addAndGet(-bytes);
                throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "no " + bytes + " bytes left of " + limit);
            }
            most.accumulateAndGet(held.get(), Math::max);
        }

        @Override
        public void release(long bytes) {
            held.addAndGet(-bytes);
        }
    }

    /** The scan looks at a dictionary's texts, not at the rows; but what it finds must be what the rows have. */
    @Test
    void predicatesOverDictionariesKnowNulls() {
        int rows = 4_000;
        ColumnBuilder texts = new ColumnBuilder(DataType.VARCHAR, rows);
        String[] words = {"", "apple", "apricot", "banana", "blueberry", "cherry"};
        for (int row = 0; row < rows; row++) {
            texts.append(random.nextInt(4) == 0 ? null : Bytes.utf8(words[random.nextInt(words.length)]));
        }
        Column column = texts.build();
        Expr text = column(0, DataType.VARCHAR);
        Expr like = Expr.call(Function.LIKE, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("%b%e%")));
        Expr less = Expr.call(Function.LESS, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("b")));
        Expr in = Expr.call(
                Function.IN,
                text,
                new Expr.Literal(DataType.VARCHAR, Bytes.utf8("cherry")),
                new Expr.Literal(DataType.VARCHAR, Bytes.EMPTY));
        Expr missing = Expr.call(Function.IS_NULL, text);
        Terminal counted =
                new Terminal.Aggregate(List.of(0), List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1)));
        for (Encoding encoding : Encoding.values()) {
            List<Stripe> stripes = List.of(new Stripe(0, rows, List.of(encoded(column, encoding))));
            for (Expr filter : List.of(
                    like,
                    less,
                    in,
                    missing,
                    Expr.call(Function.NOT, like),
                    Expr.call(Function.OR, missing, less),
                    Expr.call(Function.AND, Expr.call(Function.NOT, in), less))) {
                same(
                        fragment(List.of(DataType.VARCHAR), filter, List.of(text), counted),
                        stripes,
                        encoding + " " + filter);
            }
        }
    }

    /** Of a row that fails twice, the first operation tells, in whichever order the results are asked for. */
    @Test
    void theFirstOperationThatFailsTells() {
        List<Stripe> stripes = List.of(new Stripe(
                0, 10, List.of(encoded(column(10, 0, row -> row == 7 ? 0 : 1_000 + row), Encoding.PACKED))));
        Expr value = column(0, DataType.INT64);
        Expr divided = Expr.call(Function.DIVIDE, number(1), value);
        Expr wrapped = Expr.call(
                Function.SUBTRACT, number(Long.MIN_VALUE + 1_000), Expr.call(Function.SUBTRACT, number(2_000), value));
        for (List<Expr> projections : List.of(List.of(divided, wrapped), List.of(wrapped, divided))) {
            for (int first = 0; first < 2; first++) {
                Fragment fragment = fragment(
                        List.of(DataType.INT64),
                        null,
                        projections,
                        new Terminal.Aggregate(
                                List.of(),
                                List.of(
                                        new AggregateCall(AggregateFunction.SUM, first, -1),
                                        new AggregateCall(AggregateFunction.SUM, 1 - first, -1))));
                assertEquals(
                        failure(reference, fragment, stripes), failure(cpu, fragment, stripes), projections.toString());
            }
        }
    }

    private static String failure(Device device, Fragment fragment, List<Stripe> stripes) {
        AquiferException failure =
                assertThrows(AquiferException.class, () -> run(device, fragment, stripes, ExecutionContext.UNBOUNDED));
        return failure.code() + " " + failure.getMessage();
    }

    @Test
    void aMalformedPatternLeavesNoMemoryBehind() {
        Fragment fragment = fragment(
                List.of(DataType.VARCHAR),
                Expr.call(
                        Function.LIKE,
                        column(0, DataType.VARCHAR),
                        new Expr.Literal(DataType.VARCHAR, Bytes.utf8("a!")),
                        new Expr.Literal(DataType.VARCHAR, Bytes.utf8("!"))),
                List.of(),
                new Terminal.Aggregate(List.of(), List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1))));
        Budget budget = new Budget(Long.MAX_VALUE);
        AquiferException refused = assertThrows(
                AquiferException.class, () -> run(cpu, fragment, List.of(), new ExecutionContext(budget, () -> {})));
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(budget.most.get() > 0);
        assertEquals(0, budget.held.get());
    }

    /** Text that operations make is asked for as well, and a constant is made once, not once a row. */
    @Test
    void textsThatAreMadeCountAsMemory() {
        ColumnBuilder texts = new ColumnBuilder(DataType.VARCHAR, 1_024);
        for (int row = 0; row < 1_024; row++) {
            texts.append(Bytes.utf8("e".repeat(100)));
        }
        List<Stripe> stripes = List.of(new Stripe(0, 1_024, List.of(encoded(texts.build(), Encoding.PLAIN))));
        Expr letters = new Expr.Literal(DataType.VARCHAR, Bytes.utf8("x".repeat(10_000)));
        Expr longer = Expr.call(
                Function.REPLACE,
                column(0, DataType.VARCHAR),
                new Expr.Literal(DataType.VARCHAR, Bytes.utf8("e")),
                Expr.call(Function.UPPER, letters));
        Fragment fragment = fragment(
                List.of(DataType.VARCHAR),
                null,
                List.of(Expr.call(Function.CHAR_LENGTH, longer)),
                new Terminal.Aggregate(List.of(), List.of(new AggregateCall(AggregateFunction.SUM, 0, -1))));
        Budget budget = new Budget(100L << 20);
        AquiferException refused = assertThrows(
                AquiferException.class, () -> run(cpu, fragment, stripes, new ExecutionContext(budget, () -> {})));
        assertEquals(ErrorCode.MEMORY_EXCEEDED, refused.code());
        assertEquals(0, budget.held.get());
    }
}
