package dev.aquifer.engine.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random queries of the shapes that are pushed in different ways: rows, first rows, groups, distinct values, joins. */
final class Queries {
    private static final int DEPTH = 3;

    private final Random random;
    private final Map<String, Samples> samples;
    private final List<String> tables;

    Queries(Random random, Map<String, Samples> samples) {
        this.random = random;
        this.samples = samples;
        this.tables = samples.keySet().stream().sorted().toList();
    }

    RandomQuery next() {
        return switch (random.nextInt(16)) {
            case 12 -> window();
            case 13 -> orderedGroups();
            case 14 -> groupingSets();
            case 15 -> joinedGroups();
            case 0, 1 -> rows();
            case 2, 3 -> first();
            case 4, 5, 6, 7 -> groups();
            case 8 -> distinct();
            case 9 -> join();
            case 10 -> joinGroups();
            default -> inSubquery();
        };
    }

    private RandomQuery rows() {
        String table = table();
        Expressions of = over(table, "");
        return new RandomQuery(
                Sql.format("SELECT id, #1; FROM " + table + " WHERE #2;", values(of), of.condition(DEPTH)), false);
    }

    /** ORDER BY with LIMIT; the id makes the order whole. */
    private RandomQuery first() {
        String table = table();
        Expressions of = over(table, "q.");
        List<Sql> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Sql key = random.nextInt(4) == 0 ? of.whole(1) : of.column(of.anyKind());
            keys.add(
                    Sql.format("#1;" + of.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST", " ASC")), key));
        }
        String tail = " LIMIT " + of.pick(List.of(0, 1, 3, 10, 100, 3000))
                + (random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(20) : "");
        return new RandomQuery(
                Sql.format(
                        "SELECT q.id, #1; FROM " + table + " q" + where() + " ORDER BY #3;, q.id" + tail,
                        values(of),
                        of.condition(2),
                        Sql.join(", ", keys)),
                true);
    }

    private RandomQuery groups() {
        String table = table();
        Expressions of = over(table, "");
        int keys = random.nextInt(4);
        List<Sql> by = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            by.add(random.nextInt(3) == 0 ? of.value() : of.column(of.pick(GROUP_COLUMNS)));
        }
        List<Sql> out = new ArrayList<>(by);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            out.add(aggregate(of));
        }
        String having = random.nextInt(3) == 0 ? " HAVING count(*) > " + random.nextInt(4) : "";
        Sql select = Sql.format("SELECT #1; FROM " + table + where(), Sql.join(", ", out), of.condition(DEPTH));
        return new RandomQuery(
                by.isEmpty() ? select : Sql.format("#1; GROUP BY #2;" + having, select, Sql.join(", ", by)), false);
    }

    private static final List<ColumnKind> GROUP_COLUMNS = List.of(
            ColumnKind.K,
            ColumnKind.W,
            ColumnKind.B,
            ColumnKind.I8,
            ColumnKind.DT,
            ColumnKind.S,
            ColumnKind.D9,
            ColumnKind.F64,
            ColumnKind.TS);

    private Sql aggregate(Expressions of) {
        String filter = random.nextInt(5) == 0 ? " FILTER (WHERE #2;)" : "";
        Sql condition = of.condition(1);
        return switch (random.nextInt(10)) {
            case 0 -> Sql.format("count(*)" + filter, condition, condition);
            case 1 -> Sql.format("count(#1;)" + filter, of.value(), condition);
            case 2 -> Sql.format("sum(#1;)" + filter, of.whole(2), condition);
            case 3 -> Sql.format("sum(#1;)" + filter, of.decimal(), condition);
            case 4 -> Sql.format("sum(#1;)" + filter, of.column(of.pick(SUMMED)), condition);
            case 5, 6 ->
                Sql.format(of.pick(List.of("min", "max")) + "(#1;)" + filter, of.column(of.anyKind()), condition);
            case 7 -> Sql.format("avg(#1;)" + filter, of.column(of.pick(SUMMED)), condition);
            case 8 -> Sql.format("count(DISTINCT #1;)", of.column(of.anyKind()));
            default -> Sql.format(of.pick(List.of("min", "max")) + "(#1;)" + filter, of.text(), condition);
        };
    }

    /** Floats among them are multiples of an eighth, so that their sums do not depend on the order. */
    private static final List<ColumnKind> SUMMED = List.of(
            ColumnKind.I8,
            ColumnKind.I16,
            ColumnKind.I32,
            ColumnKind.I64,
            ColumnKind.D9,
            ColumnKind.D18,
            ColumnKind.D30,
            ColumnKind.F32,
            ColumnKind.F64,
            ColumnKind.K);

    private RandomQuery distinct() {
        String table = table();
        Expressions of = over(table, "");
        Sql values = values(of);
        return new RandomQuery(
                random.nextBoolean()
                        ? Sql.format("SELECT DISTINCT #1; FROM " + table + where(), values, of.condition(2))
                        : Sql.format(
                                "SELECT #1; FROM " + table + " WHERE #2; "
                                        + of.pick(List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT"))
                                        + " SELECT #1; FROM " + table() + " WHERE #3;",
                                values,
                                of.condition(1),
                                of.condition(1)),
                false);
    }

    private RandomQuery join() {
        String left = table();
        String right = table();
        Expressions a = over(left, "a.");
        Expressions b = over(right, "b.");
        String kind = a.pick(List.of("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        Sql on = random.nextInt(3) > 0
                ? Sql.of("a.id = b.id")
                : Sql.of(a.pick(List.of(
                        "a.id = b.i16",
                        "a.id = b.i64",
                        "a.d9 = b.d9 AND a.k = b.k",
                        "a.s = b.s AND a.b = b.b AND a.i8 = b.i8")));
        return new RandomQuery(
                Sql.format(
                        "SELECT a.id, b.id, #1;, #2; FROM " + left + " a " + kind + " " + right
                                + " b ON #3; WHERE (#4;)" + (random.nextBoolean() ? " AND (#5;)" : ""),
                        a.value(),
                        b.value(),
                        on,
                        a.condition(2),
                        b.condition(1)),
                false);
    }

    /** Keys repeat on both sides; what is counted stays small because one side is cut to its first rows. */
    private RandomQuery joinGroups() {
        Expressions a = over(tables.getFirst(), "a.");
        Expressions b = over(tables.getLast(), "b.");
        Sql on = Sql.of(a.pick(List.of("a.k = b.k", "a.w = b.w", "a.k = b.i8", "a.dt = b.dt")));
        return new RandomQuery(
                Sql.format(
                        "SELECT b.w, count(*), count(#1;), min(#2;), sum(a.d9) FROM " + tables.getFirst() + " a "
                                + a.pick(List.of("JOIN", "LEFT JOIN")) + " (SELECT * FROM " + tables.getLast()
                                + " WHERE id < 40) b ON #3; WHERE #4; GROUP BY b.w",
                        a.value(),
                        b.column(b.anyKind()),
                        on,
                        a.condition(2)),
                false);
    }

    /** Frames end with the row, whose id makes the order whole. */
    private RandomQuery window() {
        String table = table();
        Expressions of = over(table, "");
        String by = of.pick(List.of("", "PARTITION BY k ", "PARTITION BY w ", "PARTITION BY b, dt "));
        String function = of.pick(List.of(
                "row_number() OVER (" + by + "ORDER BY s DESC, id)",
                "rank() OVER (" + by + "ORDER BY i16)",
                "dense_rank() OVER (" + by + "ORDER BY dt DESC)",
                "lag(d9) OVER (" + by + "ORDER BY id)",
                "sum(d9) OVER (" + by + "ORDER BY id)",
                "count(i32) OVER (" + by + "ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING)",
                "max(dt) OVER (" + by.strip() + ")"));
        return new RandomQuery(
                Sql.format("SELECT id, #1;, " + function + " FROM " + table + where(), of.value(), of.condition(2)),
                false);
    }

    /** Groups in the order of their keys, which is a whole order. */
    private RandomQuery orderedGroups() {
        String table = table();
        Expressions of = over(table, "");
        ColumnKind one = of.pick(GROUP_COLUMNS);
        String keys = one.column + ", i16";
        return new RandomQuery(
                Sql.format(
                        "SELECT " + keys + ", #1;, #3; FROM " + table + where() + " GROUP BY " + keys + " ORDER BY "
                                + one.column + of.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
                                + ", i16 LIMIT " + (1 + random.nextInt(40)) + " OFFSET " + random.nextInt(5),
                        aggregate(of),
                        of.condition(2),
                        aggregate(of)),
                true);
    }

    private RandomQuery groupingSets() {
        String table = table();
        Expressions of = over(table, "");
        String sets = of.pick(List.of("ROLLUP (k, w)", "CUBE (b, k)", "GROUPING SETS ((k), (w, b), ())", "ROLLUP (w)"));
        String keys =
                sets.contains("CUBE") ? "b, k" : sets.contains("b") ? "k, w, b" : sets.contains("k") ? "k, w" : "w";
        return new RandomQuery(
                Sql.format(
                        "SELECT " + keys + ", #1;, #3; FROM " + table + where() + " GROUP BY " + sets,
                        aggregate(of),
                        of.condition(2),
                        aggregate(of)),
                false);
    }

    private RandomQuery joinedGroups() {
        String table = table();
        Expressions of = over(table, "a.");
        Expressions in = over(tables.getLast(), "");
        ColumnKind key = of.pick(List.of(ColumnKind.K, ColumnKind.W, ColumnKind.DT));
        return new RandomQuery(
                Sql.format(
                        "SELECT a.id, q.n, q.x, #1; FROM " + table + " a JOIN (SELECT " + key.column
                                + " AS key, count(*) AS n, #2; AS x FROM " + tables.getLast() + " WHERE #3; GROUP BY "
                                + key.column + ") q ON a." + key.column + " = q.key WHERE #4;",
                        of.value(),
                        aggregate(in),
                        in.condition(1),
                        of.condition(1)),
                false);
    }

    private RandomQuery inSubquery() {
        String table = table();
        String other = table();
        Expressions of = over(table, "a.");
        Expressions in = over(other, "x.");
        String membership = of.pick(List.of(
                "a.k IN (SELECT x.k FROM " + other + " x WHERE #2;)",
                "a.i16 NOT IN (SELECT x.i16 FROM " + other + " x WHERE x.i16 IS NOT NULL AND (#2;))",
                "EXISTS (SELECT 1 FROM " + other + " x WHERE x.id = a.id AND (#2;))",
                "NOT EXISTS (SELECT 1 FROM " + other + " x WHERE x.w = a.w AND (#2;))",
                "a.d9 > (SELECT avg(x.d9) FROM " + other + " x WHERE #2;)",
                "a.id < (SELECT max(x.id) FROM " + other + " x WHERE x.k = a.k AND (#2;))"));
        return new RandomQuery(
                Sql.format(
                        "SELECT count(*), min(a.id), max(a.id), sum(a.d9) FROM " + table + " a WHERE " + membership
                                + " AND (#1;)",
                        of.condition(1),
                        in.condition(1)),
                false);
    }

    private String where() {
        return random.nextInt(5) == 0 ? "" : " WHERE #2;";
    }

    private Sql values(Expressions of) {
        List<Sql> values = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            values.add(of.value());
        }
        return Sql.join(", ", values);
    }

    private String table() {
        return tables.get(random.nextInt(tables.size()));
    }

    private Expressions over(String table, String alias) {
        Samples of = samples.get(table);
        if (of == null) {
            throw new IllegalArgumentException("no such table: " + table);
        }
        return new Expressions(random, of, alias);
    }
}
