package dev.aquifer.spi.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.reference.RowEvaluator;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Zone maps against what really is true: random conditions over small random tables. */
final class ZonePrunerTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static final List<DataType> TYPES = List.of(
            DataType.INT32,
            DataType.FLOAT64,
            DataType.VARCHAR,
            DataType.decimal(9, 2),
            DataType.decimal(30, 1),
            DataType.BOOLEAN,
            DataType.DATE);
    private static final String LONG_TEXT = "x".repeat(70);
    private static final List<Function> COMPARISONS = List.of(
            Function.EQUAL,
            Function.NOT_EQUAL,
            Function.LESS,
            Function.LESS_OR_EQUAL,
            Function.GREATER,
            Function.GREATER_OR_EQUAL,
            Function.IS_DISTINCT_FROM,
            Function.IS_NOT_DISTINCT_FROM);

    private final Random random = new Random(SEED);

    private @Nullable Object value(DataType type, int nullsInTen) {
        if (random.nextInt(10) < nullsInTen) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case FLOAT64 ->
                List.of(-1.5, -0.0, 0.0, 1.0, 2.0, Double.NaN, Double.POSITIVE_INFINITY)
                        .get(random.nextInt(7));
            case VARCHAR ->
                Bytes.utf8(List.of("", "a", "ab", "b", "ba", "\u00e9", LONG_TEXT + "a", LONG_TEXT + "b")
                        .get(random.nextInt(8)));
            case DECIMAL ->
                type.precision() > DataType.MAX_LONG_PRECISION
                        ? (Object) BigInteger.valueOf(random.nextInt(9) - 4)
                        : (Object) (long) (random.nextInt(9) - 4);
            case INT8, INT16, INT32, INT64, FLOAT32, DATE, TIMESTAMP, BINARY -> (long) (random.nextInt(9) - 4);
        };
    }

    private Expr literal(DataType type) {
        return new Expr.Literal(type, value(type, 1));
    }

    private Expr operand(DataType type) {
        int column = TYPES.indexOf(type);
        if (random.nextInt(3) == 0) {
            return literal(type);
        }
        return new Expr.ColumnRef(column, type);
    }

    private Expr condition(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf();
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> Expr.call(Function.AND, condition(depth - 1), condition(depth - 1));
            case 2 -> Expr.call(Function.OR, condition(depth - 1), condition(depth - 1), condition(depth - 1));
            case 3 -> Expr.call(Function.NOT, condition(depth - 1));
            case 4 ->
                Expr.call(
                        List.of(
                                        Function.IS_TRUE,
                                        Function.IS_NOT_TRUE,
                                        Function.IS_FALSE,
                                        Function.IS_NOT_FALSE,
                                        Function.IS_NULL,
                                        Function.IS_NOT_NULL)
                                .get(random.nextInt(6)),
                        condition(depth - 1));
            case 5 -> Expr.call(Function.CASE, condition(depth - 1), condition(depth - 1), condition(depth - 1));
            case 6 -> Expr.call(Function.COALESCE, condition(depth - 1), condition(depth - 1));
            default -> Expr.call(COMPARISONS.get(random.nextInt(8)), condition(depth - 1), condition(depth - 1));
        };
    }

    private Expr leaf() {
        DataType type = TYPES.get(random.nextInt(TYPES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> Expr.call(random.nextBoolean() ? Function.IS_NULL : Function.IS_NOT_NULL, operand(type));
            case 1 -> Expr.call(Function.IN, operand(type), literal(type), literal(type), literal(type));
            case 2 -> random.nextBoolean() ? like() : regex();
            case 3 -> widened();
            default -> Expr.call(COMPARISONS.get(random.nextInt(8)), operand(type), operand(type));
        };
    }

    private Expr like() {
        String pattern = List.of("", "a%", "%", "b_", "a#%", "#", LONG_TEXT + "b%", "\u00e9%", "ab", "c%")
                .get(random.nextInt(10));
        Expr text = operand(DataType.VARCHAR);
        Expr literal = new Expr.Literal(DataType.VARCHAR, Bytes.utf8(pattern.equals("#") ? "b%" : pattern));
        return random.nextBoolean()
                ? Expr.call(Function.LIKE, text, literal)
                : Expr.call(Function.LIKE, text, literal, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("#")));
    }

    private Expr regex() {
        boolean similar = random.nextBoolean();
        String pattern = similar
                ? List.of("", "a%", "a|b", "(a|b)_", "%", "[ab]%", LONG_TEXT + "(a|b)", "(\u00e9|a)%", "b+", "a?")
                        .get(random.nextInt(10))
                : List.of("", "^a", "^(a|b).", "a", "^[ab]$", "^" + LONG_TEXT, "(?i)^A", "^b?", "a$", "^ab|^b")
                        .get(random.nextInt(10));
        return Expr.call(
                similar ? Function.SIMILAR_TO : Function.REGEXP_LIKE,
                operand(DataType.VARCHAR),
                new Expr.Literal(DataType.VARCHAR, Bytes.utf8(pattern)));
    }

    private Expr widened() {
        List<DataType> targets = List.of(DataType.INT64, DataType.decimal(12, 3), DataType.decimal(38, 2));
        DataType target = targets.get(random.nextInt(3));
        Expr left = Expr.cast(operand(DataType.INT32), target);
        if (random.nextInt(3) == 0) {
            return Expr.call(
                    COMPARISONS.get(random.nextInt(8)),
                    Expr.cast(operand(DataType.DATE), DataType.TIMESTAMP),
                    new Expr.Literal(DataType.TIMESTAMP, (random.nextInt(9) - 4) * 43_200_000_000L));
        }
        Expr right = Expr.cast(target.isDecimal() ? operand(DataType.decimal(9, 2)) : operand(DataType.INT32), target);
        return Expr.call(COMPARISONS.get(random.nextInt(8)), left, right);
    }

    @Test
    void skipsNoRowThatIsTrueAndTrustsNoRowThatIsNot() {
        int pruned = 0;
        int always = 0;
        int tables = 3_000;
        for (int table = 0; table < tables; table++) {
            int rows = 1 + random.nextInt(4);
            int nulls = List.of(0, 0, 3, 10).get(random.nextInt(4));
            List<Column> columns = new ArrayList<>();
            List<ZoneMap> zones = new ArrayList<>();
            for (DataType type : TYPES) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    values.add(value(type, nulls));
                }
                columns.add(ColumnBuilder.of(type, values));
                zones.add(random.nextInt(8) == 0 ? ZoneMap.unknown(type, rows) : ZoneMaps.of(columns.getLast()));
            }
            for (int i = 0; i < 10; i++) {
                Expr filter = condition(3);
                RowEvaluator evaluator = RowEvaluator.of(TYPES, List.of(filter));
                int matches = 0;
                for (int row = 0; row < rows; row++) {
                    Object[] values = new Object[columns.size()];
                    for (int column = 0; column < values.length; column++) {
                        values[column] = columns.get(column).value(row);
                    }
                    matches += Boolean.TRUE.equals(evaluator.evaluate(values)[0]) ? 1 : 0;
                }
                String what = filter + " over " + zones + ", seed " + SEED;
                if (!ZonePruner.mayMatch(filter, zones::get)) {
                    pruned++;
                    assertEquals(0, matches, what);
                }
                if (ZonePruner.alwaysMatches(filter, zones::get)) {
                    always++;
                    assertEquals(rows, matches, what);
                }
            }
        }
        // The test would prove nothing if the pruner never decided.
        assertTrue(pruned > tables && always > tables, "pruned " + pruned + ", always " + always + ", seed " + SEED);
    }

    @Test
    void decidesTheUsualShapes() {
        ZoneMap days = new ZoneMap(DataType.DATE, 100, 0, 10L, 20L, true, true, false);
        Expr column = new Expr.ColumnRef(0, DataType.DATE);
        Expr between = Expr.call(
                Function.AND,
                Expr.call(Function.GREATER_OR_EQUAL, column, new Expr.Literal(DataType.DATE, 21L)),
                Expr.call(Function.LESS, column, new Expr.Literal(DataType.DATE, 30L)));
        assertFalse(ZonePruner.mayMatch(between, index -> days));
        assertTrue(ZonePruner.mayMatch(Expr.call(Function.NOT, between), index -> days));
        assertTrue(ZonePruner.alwaysMatches(Expr.call(Function.NOT, between), index -> days));
        ZoneMap texts =
                new ZoneMap(DataType.VARCHAR, 100, 5, Bytes.utf8("PROMO A"), Bytes.utf8("PROMO Z"), true, true, false);
        Expr text = new Expr.ColumnRef(0, DataType.VARCHAR);
        Expr like = Expr.call(Function.LIKE, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("QUO%")));
        assertFalse(ZonePruner.mayMatch(like, index -> texts));
        Expr promo = Expr.call(Function.LIKE, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("PROMO%")));
        assertTrue(ZonePruner.mayMatch(promo, index -> texts));
    }

    @Test
    void patternsPruneByTheirBeginnings() {
        ZoneMap texts =
                new ZoneMap(DataType.VARCHAR, 100, 5, Bytes.utf8("PROMO A"), Bytes.utf8("PROMO Z"), true, true, false);
        assertFalse(mayMatch(texts, Function.SIMILAR_TO, "(QUO|ROMO)%x"));
        assertFalse(mayMatch(texts, Function.SIMILAR_TO, "A|PROMO"));
        assertTrue(mayMatch(texts, Function.SIMILAR_TO, "A|PROMO%"));
        assertFalse(mayMatch(texts, Function.REGEXP_LIKE, "^(QUO|ROMO)"));
        assertTrue(mayMatch(texts, Function.REGEXP_LIKE, "QUO|ROMO"));
        assertTrue(mayMatch(texts, Function.REGEXP_LIKE, "^(A|PROMO)"));
        assertTrue(mayMatch(texts, Function.REGEXP_LIKE, "^(P|PA)"));
        assertTrue(mayMatch(texts, Function.SIMILAR_TO, "A?%"));
        // One that is malformed has to be run to fail.
        assertTrue(mayMatch(texts, Function.REGEXP_LIKE, "^(QUO"));
        assertTrue(mayMatch(texts, Function.SIMILAR_TO, "QUO**"));
    }

    private static boolean mayMatch(ZoneMap texts, Function function, String pattern) {
        Expr text = new Expr.ColumnRef(0, DataType.VARCHAR);
        Expr call = Expr.call(function, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8(pattern)));
        return ZonePruner.mayMatch(call, index -> texts);
    }
}
