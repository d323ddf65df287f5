package dev.aquifer.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random queries that both engines read the same way, over tables {@code t} and {@code u} with the columns {@code i} INTEGER,
 * {@code b} BIGINT, {@code d} DECIMAL(10,2), {@code f} DOUBLE, {@code s} VARCHAR, {@code day} DATE and {@code p} BOOLEAN.
 */
public final class RandomQueries {
    private static final List<String> TEXTS = List.of("", "a", "A", "abc", "é", "日本", "x y", "%", "_b", "😀z", "null");

    private final Random random;

    public RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    /** The SELECT by which DuckDB makes the rows of a table. */
    public String rows(int count) {
        StringBuilder rows = new StringBuilder("select * from (values ");
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "" : ", ").append('(');
            rows.append(orNull(() -> integer(20) + "::integer", "null::integer"))
                    .append(", ");
            rows.append(orNull(() -> random.nextInt(6) == 0 ? "9000000000000" : integer(50), "null"))
                    .append("::bigint, ");
            rows.append(orNull(() -> integer(500) + "." + (10 + random.nextInt(90)), "null"))
                    .append("::decimal(10,2), ");
            rows.append(orNull(() -> integer(100) + "." + random.nextInt(1000) + "e" + (random.nextInt(5) - 2), "null"))
                    .append("::double, ");
            rows.append(orNull(this::text, "null")).append("::varchar, ");
            rows.append(orNull(this::date, "null")).append("::date, ");
            rows.append(orNull(() -> String.valueOf(random.nextBoolean()), "null"))
                    .append("::boolean)");
        }
        return rows.append(") v(i, b, d, f, s, day, p)").toString();
    }

    private String orNull(Supplier<String> value, String none) {
        return random.nextInt(8) == 0 ? none : value.get();
    }

    private String integer(int bound) {
        return String.valueOf(random.nextInt(2 * bound) - bound);
    }

    private String text() {
        return "'" + pick(TEXTS) + "'";
    }

    private String date() {
        return "DATE '20" + (10 + random.nextInt(12)) + "-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10)
                + "'";
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A query. */
    public String next() {
        return switch (random.nextInt(6)) {
            case 0 -> "select " + columns("t", 3) + " from t where " + predicate("t", 3);
            case 1 -> ordered();
            case 2 -> "select " + aggregates("t") + " from t where " + predicate("t", 2);
            case 3 -> grouped();
            case 4 -> joined();
            default ->
                "select " + column("t") + " from t where " + predicate("t", 2) + " and "
                        + (chance(50) ? "exists" : "not exists") + " (select 1 from u where u.i = t.i and "
                        + predicate("u", 1) + ")";
        };
    }

    private String ordered() {
        String keys = "1" + direction() + ", 2" + direction() + ", 3" + direction();
        String query = "select " + numeric("t", 1) + ", " + textual("t", 1) + ", t.day from t where "
                + predicate("t", 2) + " order by " + keys;
        return chance(70)
                ? query + " limit " + random.nextInt(20) + (chance(30) ? " offset " + random.nextInt(5) : "")
                : query;
    }

    private String direction() {
        return (chance(50) ? " asc" : " desc") + (chance(50) ? " nulls first" : " nulls last");
    }

    private String grouped() {
        String key = pick(List.of("t.s", "t.i", "t.p", "t.day", "t.i % 3", "upper(t.s)", "extract(year from t.day)"));
        String having = chance(30) ? " having count(*) > " + random.nextInt(5) : "";
        return "select " + key + ", " + aggregates("t") + " from t where " + predicate("t", 2) + " group by " + key
                + having;
    }

    private String joined() {
        String kind = pick(List.of("join", "left join", "right join", "full join"));
        String key = pick(List.of("t.i = u.i", "t.s = u.s", "t.i = u.i and t.p = u.p", "t.day = u.day"));
        return "select t.i, u.b, t.s, u.d from t " + kind + " u on " + key
                + (chance(50) ? " where " + predicate(chance(50) ? "t" : "u", 2) : "");
    }

    private String columns(String table, int count) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(column(table));
        }
        return String.join(", ", columns);
    }

    private String column(String table) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> numeric(table, 2);
            case 2 -> textual(table, 2);
            case 3 -> predicate(table, 1);
            default -> table + "." + pick(List.of("day", "f", "p"));
        };
    }

    private String aggregates(String table) {
        List<String> calls = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String filter = chance(25) ? " filter (where " + predicate(table, 1) + ")" : "";
            calls.add(
                    switch (random.nextInt(7)) {
                        case 0 -> "count(*)" + filter;
                        case 1 -> "count(" + column(table) + ")" + filter;
                        case 2 -> "sum(" + numeric(table, 1) + ")" + filter;
                        case 3 -> "min(" + textual(table, 1) + ")" + filter;
                        case 4 -> "max(" + numeric(table, 1) + ")" + filter;
                        case 5 -> "avg(" + table + "." + pick(List.of("i", "d", "f")) + ")" + filter;
                        default -> "count(distinct " + table + "." + pick(List.of("s", "i", "d")) + ")";
                    });
        }
        return String.join(", ", calls);
    }

    private String numeric(String table, int depth) {
        if (depth == 0 || chance(30)) {
            return chance(75) ? table + "." + pick(List.of("i", "b", "d")) : "(" + integer(9) + ")";
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + numeric(table, depth - 1) + " + " + numeric(table, depth - 1) + ")";
            case 1 -> "(" + numeric(table, depth - 1) + " - " + numeric(table, depth - 1) + ")";
            case 2 -> "(" + table + "." + pick(List.of("i", "d")) + " * " + numeric(table, 0) + ")";
            case 3 ->
                "case when " + predicate(table, 1) + " then " + numeric(table, depth - 1) + " else "
                        + numeric(table, depth - 1) + " end";
            case 4 -> "coalesce(" + numeric(table, depth - 1) + ", " + random.nextInt(5) + ")";
            default -> "abs(" + numeric(table, depth - 1) + ")";
        };
    }

    private String textual(String table, int depth) {
        if (depth == 0 || chance(40)) {
            return table + ".s";
        }
        return switch (random.nextInt(5)) {
            case 0 -> "(" + textual(table, depth - 1) + " || " + text() + ")";
            case 1 -> "lower(" + textual(table, depth - 1) + ")";
            case 2 ->
                "substring(" + textual(table, depth - 1) + ", " + (1 + random.nextInt(2)) + ", " + random.nextInt(3)
                        + ")";
            case 3 -> "coalesce(" + textual(table, depth - 1) + ", " + text() + ")";
            default -> "cast(" + table + "." + pick(List.of("i", "d", "day", "p")) + " as varchar)";
        };
    }

    private String predicate(String table, int depth) {
        if (depth > 0 && chance(45)) {
            return switch (random.nextInt(3)) {
                case 0 -> "(" + predicate(table, depth - 1) + " and " + predicate(table, depth - 1) + ")";
                case 1 -> "(" + predicate(table, depth - 1) + " or " + predicate(table, depth - 1) + ")";
                default -> "(not " + predicate(table, depth - 1) + ")";
            };
        }
        String compare = pick(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= "));
        return switch (random.nextInt(9)) {
            case 0 -> "(" + numeric(table, 1) + compare + numeric(table, 1) + ")";
            case 1 -> "(" + textual(table, 1) + compare + text() + ")";
            case 2 -> "(" + table + ".day" + compare + date() + ")";
            case 3 ->
                "(" + table + "." + pick(List.of("i", "s", "d", "p", "f", "day")) + " is " + (chance(50) ? "not " : "")
                        + "null)";
            case 4 ->
                "(" + table + ".i " + (chance(30) ? "not " : "") + "in (" + integer(9) + ", " + integer(9) + ", "
                        + integer(9) + "))";
            case 5 -> "(" + table + ".d between " + integer(300) + " and " + integer(300) + ")";
            case 6 ->
                "(" + table + ".s " + (chance(30) ? "not " : "") + "like "
                        + pick(List.of("'a%'", "'%b%'", "'_'", "'%'", "'__'", "'日%'")) + ")";
            case 7 -> "(" + table + ".f" + compare + integer(50) + ")";
            default -> table + ".p is " + pick(List.of("true", "not true", "false", "not false"));
        };
    }
}
