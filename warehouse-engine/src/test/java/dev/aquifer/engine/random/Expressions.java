package dev.aquifer.engine.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random expressions over one table's columns. They do not fail: arithmetic stays far from the types' limits and divides
 * by constants, because which row fails first is not comparable between engines.
 */
final class Expressions {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<String> PATTERNS = List.of(
            "'%'",
            "''",
            "'a%'",
            "'%a'",
            "'%pp%'",
            "'_'",
            "'__'",
            "'%e%'",
            "'p1%'",
            "'%9'",
            "'é%'",
            "'%😀%'",
            "'100!%'",
            "'a_b'",
            "'%long%long%'",
            "'A%'");

    private final Random random;
    private final Samples samples;
    private final String alias;

    /** @param alias put before every column, with its point, or empty */
    Expressions(Random random, Samples samples, String alias) {
        this.random = random;
        this.samples = samples;
        this.alias = alias;
    }

    Sql column(ColumnKind kind) {
        return Sql.of(alias + kind.column);
    }

    ColumnKind anyKind() {
        return pick(List.of(ColumnKind.values()));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A condition of at most a depth. */
    Sql condition(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> Sql.format("(#1; AND #2;)", condition(depth - 1), condition(depth - 1));
                case 2, 3 -> Sql.format("(#1; OR #2;)", condition(depth - 1), condition(depth - 1));
                case 4 -> Sql.format("NOT #1;", parenthesised(condition(depth - 1)));
                default ->
                    Sql.format(
                            "#1; IS " + pick(List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "NULL", "NOT NULL")),
                            parenthesised(condition(depth - 1)));
            };
        }
        return parenthesised(leaf());
    }

    private static Sql parenthesised(Sql sql) {
        return Sql.format("(#1;)", sql);
    }

    private Sql leaf() {
        ColumnKind kind = anyKind();
        Sql column = column(kind);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> compare(column, samples.one(random, kind));
            case 3 -> Sql.format("#1; IS " + (random.nextBoolean() ? "" : "NOT ") + "NULL", column);
            case 4 ->
                Sql.format(
                        "#1; " + (random.nextInt(4) == 0 ? "NOT " : "") + "BETWEEN #2; AND #3;",
                        column,
                        samples.one(random, kind),
                        samples.one(random, kind));
            case 5 -> in(kind);
            case 6 ->
                Sql.format(
                        "#1; " + (random.nextBoolean() ? "" : "NOT ") + pick(List.of("LIKE ", "LIKE ", "ILIKE "))
                                + pick(PATTERNS) + (random.nextInt(4) == 0 ? " ESCAPE '!'" : ""),
                        text());
            case 7 -> random.nextBoolean() ? compare(whole(1), whole(1)) : new Regexes(random).condition(text());
            case 8 -> compare(decimal(), Sql.of(pick(List.of("0", "10.5", "(-100)", "99999.99"))));
            default -> other();
        };
    }

    private Sql other() {
        return switch (random.nextInt(6)) {
            case 0 -> column(ColumnKind.B);
            case 1 -> compare(column(ColumnKind.I16), column(ColumnKind.I32));
            case 2 -> compare(column(ColumnKind.S), column(ColumnKind.W));
            case 3 ->
                Sql.format(
                        "#1; IS " + (random.nextBoolean() ? "" : "NOT ") + "DISTINCT FROM #2;",
                        column(ColumnKind.K),
                        column(ColumnKind.I8));
            case 4 -> compare(date(), samples.one(random, ColumnKind.DT));
            default -> compare(text(), samples.one(random, ColumnKind.S));
        };
    }

    private Sql compare(Sql left, Sql right) {
        return Sql.format("#1; " + pick(COMPARISONS) + " #2;", left, right);
    }

    private Sql in(ColumnKind kind) {
        List<Sql> values = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            values.add(samples.one(random, kind));
        }
        if (random.nextInt(6) == 0) {
            values.add(Sql.of("NULL"));
        }
        return Sql.format(
                "#1; " + (random.nextInt(3) == 0 ? "NOT " : "") + "IN (#2;)", column(kind), Sql.join(", ", values));
    }

    /** A BIGINT far from its limits. */
    Sql whole(int depth) {
        if (depth > 0) {
            return switch (random.nextInt(7)) {
                case 6 -> Sql.format("ABS(#1;)", whole(depth - 1));
                case 0 -> Sql.format("(#1; + #2;)", whole(depth - 1), whole(depth - 1));
                case 1 -> Sql.format("(#1; - #2;)", whole(depth - 1), whole(depth - 1));
                case 2 -> Sql.format("(#1; * " + (random.nextInt(41) - 20) + ")", whole(depth - 1));
                case 3 -> {
                    int divisor = 1 + random.nextInt(50);
                    yield Sql.forms("(#1; / " + divisor + ")", "(#1; // " + divisor + ")", whole(depth - 1));
                }
                case 4 -> Sql.format("(#1; % " + (2 + random.nextInt(20)) + ")", whole(depth - 1));
                default ->
                    Sql.format("CASE WHEN #1; THEN #2; ELSE #3; END", condition(0), whole(depth - 1), whole(depth - 1));
            };
        }
        return switch (random.nextInt(11)) {
            case 8 -> Sql.format("CAST(#1; AS BIGINT)", column(ColumnKind.D9));
            // Only where it is taken may a branch fail: NaN is no BIGINT, and a zero no divisor.
            case 9 ->
                Sql.format(
                        "CASE WHEN #1; BETWEEN -1000000 AND 1000000 THEN CAST(#1; AS BIGINT) END",
                        column(ColumnKind.F64));
            case 10 ->
                Sql.forms(
                        "CASE WHEN #1; <> 0 THEN #2; / #1; ELSE 0 END",
                        "CASE WHEN #1; <> 0 THEN #2; // #1; ELSE 0 END",
                        column(ColumnKind.K),
                        column(ColumnKind.ID));
            case 0 -> Sql.format("CAST(#1; AS BIGINT)", column(ColumnKind.I8));
            case 1 -> Sql.format("CAST(#1; AS BIGINT)", column(ColumnKind.I16));
            case 2 -> Sql.format("CAST(#1; AS BIGINT)", column(ColumnKind.I32));
            case 3 -> Sql.format("COALESCE(CAST(#1; AS BIGINT), 7)", column(ColumnKind.K));
            case 4 -> column(ColumnKind.ID);
            case 5 -> Sql.forms("CHAR_LENGTH(#1;)", "length(#1;)", text());
            case 6 ->
                Sql.format(
                        "EXTRACT(" + pick(List.of("YEAR", "MONTH", "DAY", "QUARTER", "DOY", "DOW", "ISODOW", "WEEK"))
                                + " FROM #1;)",
                        column(random.nextBoolean() ? ColumnKind.DT : ColumnKind.TS));
            default ->
                Sql.format(
                        "EXTRACT(" + pick(List.of("HOUR", "MINUTE", "SECOND")) + " FROM #1;)", column(ColumnKind.TS));
        };
    }

    Sql decimal() {
        return switch (random.nextInt(7)) {
            case 0 -> column(ColumnKind.D9);
            case 1 -> Sql.format("(#1; + #2;)", column(ColumnKind.D9), column(ColumnKind.D18));
            case 2 -> Sql.format("(#1; * " + pick(List.of("0.5", "3", "1.10")) + ")", column(ColumnKind.D9));
            case 3 -> Sql.format("(1 - #1;)", column(ColumnKind.D9));
            case 4 -> Sql.format("-#1;", column(ColumnKind.D30));
            case 5 -> Sql.format("CAST(#1; AS DECIMAL(20,1))", column(ColumnKind.D18));
            default -> Sql.format("COALESCE(#1;, 0)", column(ColumnKind.D18));
        };
    }

    Sql text() {
        ColumnKind kind = random.nextBoolean() ? ColumnKind.S : ColumnKind.W;
        return switch (random.nextInt(14)) {
            case 8 -> Sql.format("CAST(#1; AS VARCHAR)", column(pick(PRINTED)));
            case 9 -> Sql.format("TRIM(#1;)", column(kind));
            case 10 -> Sql.format("REPLACE(#1;, 'p', 'é😀')", column(kind));
            case 11 -> Sql.format("NULLIF(#1;, 'a')", column(kind));
            case 12 -> Sql.format("SUBSTRING(#1; FROM POSITION('p' IN #1;) + 1)", column(kind));
            case 0 -> Sql.format("UPPER(#1;)", column(kind));
            case 1 -> Sql.format("LOWER(#1;)", column(kind));
            case 2 ->
                Sql.format(
                        "SUBSTRING(#1; FROM " + (1 + random.nextInt(3)) + " FOR " + random.nextInt(4) + ")",
                        column(kind));
            case 3 -> Sql.format("(#1; || '-' || #2;)", column(kind), column(ColumnKind.W));
            case 4 -> Sql.format("COALESCE(#1;, 'none')", column(kind));
            default -> column(kind);
        };
    }

    /** Without the extremes, which intervals would leave. */
    private Sql date() {
        Sql column = column(ColumnKind.DT);
        Sql safe = Sql.format("CASE WHEN #1; BETWEEN DATE '1000-01-01' AND DATE '9000-01-01' THEN #1; END", column);
        int amount = 1 + random.nextInt(30);
        String unit = pick(List.of("DAY", "MONTH", "YEAR"));
        String sign = random.nextBoolean() ? "+" : "-";
        return switch (random.nextInt(3)) {
            case 0 -> column;
            default ->
                Sql.forms(
                        "(#1; " + sign + " INTERVAL '" + amount + "' " + unit + ")",
                        "CAST((#1; " + sign + " INTERVAL '" + amount + "' " + unit + ") AS DATE)",
                        safe);
        };
    }

    /** What both engines print the same way; DuckDB's floats have a point always. */
    private static final List<ColumnKind> PRINTED = List.of(
            ColumnKind.I8, ColumnKind.I64, ColumnKind.D9, ColumnKind.D30, ColumnKind.B, ColumnKind.DT, ColumnKind.TS);

    private Sql floating() {
        return switch (random.nextInt(4)) {
            case 0 -> Sql.format("(#1; * 2)", column(ColumnKind.F64));
            case 1 -> Sql.format("(#1; - #2;)", column(ColumnKind.F64), column(ColumnKind.F32));
            case 2 -> Sql.format("-#1;", column(ColumnKind.F32));
            default -> Sql.format("ABS(#1;)", column(ColumnKind.F64));
        };
    }

    private Sql truncated() {
        String unit = pick(List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE"));
        return Sql.forms(
                "FLOOR(#1; TO " + unit + ")",
                "CAST(date_trunc('" + unit + "', #1;) AS TIMESTAMP)",
                column(ColumnKind.TS));
    }

    /** Any value, to be put out or grouped by. */
    Sql value() {
        return switch (random.nextInt(12)) {
            case 9 -> floating();
            case 10 -> truncated();
            case 0, 1, 2, 3 -> column(anyKind());
            case 4 -> whole(2);
            case 5 -> decimal();
            case 6 -> text();
            case 7 -> date();
            case 8 -> condition(1);
            default ->
                Sql.format("CASE WHEN #1; THEN #2; WHEN #3; THEN #4; END", condition(1), text(), condition(0), text());
        };
    }
}
