package dev.aquifer.spi.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Counts and extremes from zone maps against those of the values, over random runs of rows. */
final class ZoneAnswerTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final List<DataType> TYPES = List.of(
            DataType.INT64,
            DataType.BOOLEAN,
            DataType.VARCHAR,
            DataType.decimal(30, 1),
            DataType.DATE,
            DataType.FLOAT64);
    private static final List<AggregateFunction> FUNCTIONS =
            List.of(AggregateFunction.COUNT, AggregateFunction.MIN, AggregateFunction.MAX);

    private final Random random = new Random(SEED);

    private @Nullable Object value(DataType type, int nullsInTen) {
        if (random.nextInt(10) < nullsInTen) {
            return null;
        }
        return switch (type.physical()) {
            case BOOL -> random.nextBoolean();
            case BYTES -> Bytes.utf8("\u00e9".repeat(random.nextInt(40)) + (char) ('a' + random.nextInt(3)));
            case INT128 -> BigInteger.TEN.pow(random.nextInt(29)).multiply(BigInteger.valueOf(random.nextInt(9) - 4));
            case LONG -> (long) random.nextInt(9) - 4;
            case DOUBLE -> random.nextDouble();
        };
    }

    private static Fragment fragment(DataType type, @Nullable Expr filter) {
        List<AggregateCall> calls = new ArrayList<>(List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1)));
        FUNCTIONS.forEach(function -> calls.add(new AggregateCall(function, 0, -1)));
        return new Fragment(
                List.of(new Field("c", type)),
                filter,
                List.of(new Expr.ColumnRef(0, type)),
                new Terminal.Aggregate(List.of(), calls));
    }

    private static ZoneMap zone(DataType type, List<@Nullable Object> values) {
        return ZoneMaps.of(ColumnBuilder.of(type, values));
    }

    @Test
    void answersAreThoseOfTheValues() {
        int taken = 0;
        for (int round = 0; round < 2_000; round++) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            ZoneAnswer answer = Objects.requireNonNull(ZoneAnswer.of(fragment(type, null)));
            List<@Nullable Object> all = new ArrayList<>();
            for (int run = random.nextInt(4); run >= 0; run--) {
                int nulls = random.nextInt(3) * 5;
                List<@Nullable Object> first = values(type, nulls);
                List<@Nullable Object> second = values(type, random.nextInt(3) * 5);
                ZoneMap zone = zone(type, first).plus(zone(type, second));
                List<@Nullable Object> both = new ArrayList<>(first);
                both.addAll(second);
                if (answer.take(both.size(), List.of(zone))) {
                    taken++;
                    all.addAll(both);
                }
            }
            assertEquals(all.isEmpty(), answer.isEmpty());
            assertEquals(expected(all), row(answer), type + ", seed " + SEED);
        }
        assertTrue(taken > 1_000, taken + " runs were taken, seed " + SEED);
    }

    private List<@Nullable Object> values(DataType type, int nulls) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            values.add(value(type, nulls));
        }
        return values;
    }

    private static List<@Nullable Object> expected(List<@Nullable Object> values) {
        List<Object> present = new ArrayList<>();
        values.stream().filter(Objects::nonNull).map(Objects::requireNonNull).forEach(present::add);
        return Arrays.asList(
                (long) values.size(),
                (long) present.size(),
                present.stream().min(ZoneMaps::compare).orElse(null),
                present.stream().max(ZoneMaps::compare).orElse(null));
    }

    private static List<@Nullable Object> row(ZoneAnswer answer) {
        List<@Nullable Object> row = new ArrayList<>();
        answer.batch().columns().forEach(column -> row.add(column.value(0)));
        return row;
    }

    @Test
    void boundsThatAreNoValuesAreNoAnswer() {
        ZoneAnswer floats = Objects.requireNonNull(ZoneAnswer.of(fragment(DataType.FLOAT64, null)));
        assertFalse(floats.take(1, List.of(zone(DataType.FLOAT64, List.of(1.0)))), "NaN and -0.0 are not told");
        ZoneAnswer texts = Objects.requireNonNull(ZoneAnswer.of(fragment(DataType.VARCHAR, null)));
        assertFalse(texts.take(1, List.of(zone(DataType.VARCHAR, List.of(Bytes.utf8("x".repeat(65)))))), "cut");
        assertFalse(texts.take(1, List.of(ZoneMap.unknown(DataType.VARCHAR, 1))));
        assertTrue(floats.isEmpty() && texts.isEmpty());
    }

    @Test
    void onlyRunsThatPassAsAWhole() {
        DataType type = DataType.INT64;
        Expr filter = Expr.call(Function.LESS, new Expr.ColumnRef(0, type), new Expr.Literal(type, 3L));
        ZoneAnswer answer = Objects.requireNonNull(ZoneAnswer.of(fragment(type, filter)));
        assertTrue(answer.take(2, List.of(zone(type, List.of(1L, 2L)))));
        assertFalse(answer.take(2, List.of(zone(type, List.of(2L, 3L)))));
        assertFalse(answer.take(2, List.of(zone(type, Arrays.asList(2L, null)))), "a null row does not pass");
        assertEquals(List.of(2L, 2L, 1L, 2L), row(answer));
    }

    @Test
    void whatNeedsTheRowsHasNoAnswer() {
        DataType type = DataType.INT64;
        assertNull(ZoneAnswer.of(with(new AggregateCall(AggregateFunction.SUM, 0, -1), List.of())));
        assertNull(ZoneAnswer.of(with(new AggregateCall(AggregateFunction.MIN, 0, 1), List.of())));
        assertNull(ZoneAnswer.of(with(new AggregateCall(AggregateFunction.MIN, 2, -1), List.of())));
        assertNull(ZoneAnswer.of(with(new AggregateCall(AggregateFunction.MIN, 0, -1), List.of(0))));
        assertNotNull(ZoneAnswer.of(with(new AggregateCall(AggregateFunction.MIN, 0, -1), List.of())));
        assertNull(ZoneAnswer.of(new Fragment(
                List.of(new Field("c", type)), null, List.of(new Expr.ColumnRef(0, type)), new Terminal.Rows(-1))));
    }

    private static Fragment with(AggregateCall call, List<Integer> keys) {
        DataType type = DataType.INT64;
        Expr column = new Expr.ColumnRef(0, type);
        return new Fragment(
                List.of(new Field("c", type)),
                null,
                List.of(column, Expr.call(Function.IS_NULL, column), Expr.call(Function.NEGATE, column)),
                new Terminal.Aggregate(keys, List.of(call)));
    }
}
