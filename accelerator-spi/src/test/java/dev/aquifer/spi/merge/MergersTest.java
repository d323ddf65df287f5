package dev.aquifer.spi.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MergersTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final DataType DEC38 = DataType.decimal(38, 2);

    private final Random random = new Random(SEED);

    private static Batch batch(List<DataType> types, List<List<@Nullable Object>> rows) {
        List<ColumnBuilder> builders =
                types.stream().map(type -> new ColumnBuilder(type, rows.size())).toList();
        for (List<@Nullable Object> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                builders.get(i).append(row.get(i));
            }
        }
        List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
        return new Batch(rows.size(), columns);
    }

    private static List<List<@Nullable Object>> rows(List<Batch> batches) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.rows(); i++) {
                rows.add(batch.row(i));
            }
        }
        return rows;
    }

    private static Bytes floatSum(double... terms) {
        long[] state = new long[FloatSum.LONGS];
        for (double term : terms) {
            FloatSum.add(state, 0, term);
        }
        return FloatSum.encode(state, 0);
    }

    private static AggregateState state(AggregateFunction function, @Nullable DataType type) {
        return new AggregateState(function, type);
    }

    @Test
    void mergesEveryKindOfState() {
        AggregateShape shape = new AggregateShape(
                List.of(DataType.FLOAT64),
                List.of(
                        state(AggregateFunction.COUNT, null),
                        state(AggregateFunction.SUM, DataType.INT64),
                        state(AggregateFunction.SUM, DEC38),
                        state(AggregateFunction.SUM, DataType.FLOAT64),
                        state(AggregateFunction.MIN, DataType.FLOAT64),
                        state(AggregateFunction.MAX, DataType.VARCHAR),
                        state(AggregateFunction.MIN, DataType.BOOLEAN),
                        state(AggregateFunction.MAX, DEC38)));
        BigInteger wide = BigInteger.TEN.pow(37);
        List<@Nullable Object> first = Arrays.asList(
                -0.0, 2L, wide, WideSum.encode(wide), floatSum(1e16, 1), 0.0, Bytes.utf8("a"), true, wide.negate());
        List<@Nullable Object> second = Arrays.asList(
                0.0,
                3L,
                wide.negate(),
                WideSum.encode(wide),
                floatSum(-1e16),
                -0.0,
                Bytes.utf8("ab"),
                false,
                wide.negate().subtract(BigInteger.ONE));
        List<@Nullable Object> nothing = Arrays.asList(0.0, 0L, null, null, null, null, null, null, null);
        List<@Nullable Object> other = Arrays.asList(null, 0L, null, null, null, null, null, null, null);
        try (AggregateMerger merger = new AggregateMerger(shape, MemoryBudget.UNBOUNDED)) {
            merger.add(batch(shape.types(), List.of(first, other)));
            merger.add(batch(shape.types(), List.of(nothing, second)));
            List<@Nullable Object> merged = Arrays.asList(
                    0.0,
                    5L,
                    BigInteger.ZERO,
                    WideSum.encode(wide.add(wide)),
                    floatSum(1e16, 1, -1e16),
                    -0.0,
                    Bytes.utf8("ab"),
                    false,
                    wide.negate());
            assertEquals(List.of(merged, other), rows(merger.finish()));
        }
    }

    @Test
    void groupsAsManyKeysAsComeAndGivesMemoryBack() {
        List<DataType> keys = List.of(DataType.VARCHAR, DataType.INT32, DataType.FLOAT64, DEC38, DataType.BOOLEAN);
        AggregateShape shape = new AggregateShape(
                keys, List.of(state(AggregateFunction.COUNT, null), state(AggregateFunction.MIN, DataType.VARCHAR)));
        Map<List<@Nullable Object>, Long> expected = new HashMap<>();
        long[] held = {0, 0};
        MemoryBudget budget = new MemoryBudget() {
            @Override
            public void reserve(long bytes) {
                held[0] += bytes;
                held[1] = Math.max(held[1], held[0]);
            }

            @Override
            public void release(long bytes) {
                held[0] -= bytes;
            }
        };
        try (AggregateMerger merger = new AggregateMerger(shape, budget)) {
            for (int part = 0; part < 20; part++) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (int i = 0; i < 2_000; i++) {
                    List<@Nullable Object> key = Arrays.asList(
                            random.nextInt(9) == 0 ? null : Bytes.utf8("k".repeat(random.nextInt(20))),
                            random.nextInt(9) == 0 ? null : (Object) (long) random.nextInt(40),
                            random.nextInt(9) == 0 ? Double.NaN : (Object) (double) random.nextInt(3),
                            BigInteger.ONE.shiftLeft(random.nextInt(4) * 30),
                            random.nextBoolean());
                    expected.merge(key, (long) i, Long::sum);
                    List<@Nullable Object> row = new ArrayList<>(key);
                    row.add((long) i);
                    row.add(Bytes.utf8("x" + i));
                    rows.add(row);
                }
                merger.add(batch(shape.types(), rows));
            }
            List<List<@Nullable Object>> merged = rows(merger.finish());
            assertEquals(expected.size(), merged.size());
            assertEquals(expected.size(), merger.groups());
            for (List<@Nullable Object> row : merged) {
                assertEquals(expected.get(row.subList(0, 5)), row.get(5), "seed " + SEED);
            }
            assertTrue(held[0] > 100_000, "memory is accounted: " + held[0]);
        }
        assertEquals(0, held[0]);
    }

    @Test
    void withoutKeysThereIsOneRow() {
        AggregateShape shape = new AggregateShape(
                List.of(), List.of(state(AggregateFunction.COUNT, null), state(AggregateFunction.SUM, DataType.INT32)));
        try (AggregateMerger merger = new AggregateMerger(shape, MemoryBudget.UNBOUNDED)) {
            assertEquals(List.of(Arrays.asList(0L, null)), rows(merger.finish()));
        }
    }

    @Test
    void stopsWhereTheBudgetDoes() {
        AggregateShape shape = new AggregateShape(List.of(DataType.INT64), List.of());
        MemoryBudget refusing = new MemoryBudget() {
            private long left = 10_000;

            @Override
            public void reserve(long bytes) {
                if (bytes > left) {
                    throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "no room for " + bytes);
                }
                left -= bytes;
            }

            @Override
            public void release(long bytes) {
                left += bytes;
            }
        };
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < 10_000; i++) {
            rows.add(Arrays.asList(i));
        }
        try (AggregateMerger merger = new AggregateMerger(shape, refusing)) {
            AquiferException thrown =
                    assertThrows(AquiferException.class, () -> merger.add(batch(shape.types(), rows)));
            assertEquals(ErrorCode.MEMORY_EXCEEDED, thrown.code());
        }
        refusing.reserve(10_000);
    }

    @Test
    void refusesOtherShapes() {
        AggregateShape shape = new AggregateShape(List.of(DataType.INT64), List.of());
        try (AggregateMerger merger = new AggregateMerger(shape, MemoryBudget.UNBOUNDED)) {
            assertThrows(AquiferException.class, () -> merger.add(Batch.empty(List.of(DataType.INT32))));
        }
    }

    @Test
    void topNIsTheSameHoweverItIsCut() {
        List<DataType> types = List.of(DataType.INT8, DataType.FLOAT64, DataType.VARCHAR, DataType.INT64);
        List<SortKey> keys = List.of(new SortKey(1, true, false), new SortKey(0, false, true));
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (long position = 0; position < 5_000; position++) {
            all.add(Arrays.asList(
                    random.nextInt(5) == 0 ? null : (Object) (long) random.nextInt(4),
                    List.of(0.0, -0.0, 1.0, Double.NaN, 2.0).get(random.nextInt(5)),
                    Bytes.utf8("t" + position),
                    position));
        }
        List<List<@Nullable Object>> sorted = new ArrayList<>(all);
        sorted.sort(new RowOrder(keys).boxed().thenComparing(row -> (Long) Objects.requireNonNull(row.get(3))));
        for (int limit : List.of(0, 1, 7, 4_999, 5_000, 6_000)) {
            List<List<@Nullable Object>> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            try (TopNMerger merger = new TopNMerger(types, keys, limit, MemoryBudget.UNBOUNDED)) {
                for (int from = 0; from < shuffled.size(); from += 700) {
                    merger.add(batch(types, shuffled.subList(from, Math.min(shuffled.size(), from + 700))));
                }
                assertEquals(sorted.subList(0, Math.min(limit, sorted.size())), rows(merger.finish()), "seed " + SEED);
            }
        }
    }

    @Test
    void topNHoldsOnlyWhatItMustAndGivesItBack() {
        List<DataType> types = List.of(DataType.INT64);
        long[] held = {0, 0};
        MemoryBudget budget = new MemoryBudget() {
            @Override
            public void reserve(long bytes) {
                held[0] += bytes;
                held[1] = Math.max(held[1], held[0]);
            }

            @Override
            public void release(long bytes) {
                held[0] -= bytes;
            }
        };
        try (TopNMerger merger = new TopNMerger(types, List.of(), 10, budget)) {
            Set<Long> positions = new HashSet<>();
            for (int part = 0; part < 40; part++) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    long position = 400_000L - part * 10_000L - i;
                    positions.add(position);
                    rows.add(Arrays.asList(position));
                }
                merger.add(batch(types, rows));
            }
            assertEquals(400_000, positions.size());
            List<List<@Nullable Object>> first = rows(merger.finish());
            assertEquals(10, first.size());
            assertEquals(Arrays.asList(1L), first.getFirst());
        }
        assertTrue(held[1] < 100_000 * 16, "held " + held[1]);
        assertEquals(0, held[0]);
    }

    @Test
    void ordersByEveryPlacementOfNulls() {
        List<DataType> types = List.of(DataType.INT64);
        Batch batch = batch(types, List.of(Arrays.asList((Object) null), Arrays.asList(1L), Arrays.asList(2L)));
        for (boolean descending : List.of(false, true)) {
            for (boolean nullsFirst : List.of(false, true)) {
                RowOrder order = new RowOrder(List.of(new SortKey(0, descending, nullsFirst)));
                assertEquals(nullsFirst ? -1 : 1, order.compare(batch, 0, batch, 1));
                assertEquals(nullsFirst ? 1 : -1, order.compare(batch, 1, batch, 0));
                assertEquals(0, order.compare(batch, 0, batch, 0));
                assertEquals(descending ? 1 : -1, order.compare(batch, 1, batch, 2));
                assertEquals(order.compare(batch, 0, batch, 1), order.boxed().compare(batch.row(0), batch.row(1)));
            }
        }
    }
}
