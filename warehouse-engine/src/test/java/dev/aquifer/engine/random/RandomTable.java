package dev.aquifer.engine.random;

import dev.aquifer.engine.slt.SltTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table of random shape: rows, files, row groups, and for each column how its values are spread (few, many, sorted, in
 * runs, constant), how many are null and whether the type's extremes occur.
 */
final class RandomTable {
    private static final String TEXTS =
            "['', ' ', 'a', 'A', 'ab', 'abc', 'b', 'é', 'É', 'zz', '😀', '😀a', '漢字', '100%', 'a_b', 'it''s',"
                    + " 'x\"y', 'Ωmega', 'ωmega', repeat('long', 60), 'apple', 'Apple', 'apple pie', 'pineapple', '  pad', 'tail ', 'e' || chr(769)]";

    private final Random random;
    private final String name;
    private final int rows;

    private RandomTable(Random random, String name, int rows) {
        this.random = random;
        this.name = name;
        this.rows = rows;
    }

    static SltTable create(Random random, String name, int maxRows) {
        int rows = random.nextInt(10) == 0 ? random.nextInt(3) : 1 + random.nextInt(maxRows);
        RandomTable table = new RandomTable(random, name, rows);
        List<String> columns = new ArrayList<>();
        for (ColumnKind kind : ColumnKind.values()) {
            columns.add("CAST(" + table.column(kind) + " AS " + kind.duckType + ") AS " + kind.column);
        }
        String sql = "SELECT " + String.join(",\n  ", columns) + "\nFROM range(" + rows + ") r(i)";
        return new SltTable(name, sql, 1 + random.nextInt(3), random.nextBoolean() ? 2048 : 0, "", 0);
    }

    private String column(ColumnKind kind) {
        if (kind == ColumnKind.ID) {
            return "i";
        }
        return nulls(kind, extremes(kind, value(kind)));
    }

    private String value(ColumnKind kind) {
        return switch (kind) {
            case ID -> "i";
            case I8 -> base(kind, 120);
            case I16 -> base(kind, 30_000);
            case I32 -> base(kind, 1_000_000_000);
            case I64 -> base(kind, 1_000_000_000_000_000L);
            case D9 -> base(kind, 900_000_000) + " / 100::DECIMAL(12,0) * 1";
            case D18 -> "(" + base(kind, 900_000_000_000_000L) + ")::DECIMAL(28,0) * 0.0001::DECIMAL(5,4)";
            case D30 -> "(" + base(kind, 900_000_000_000_000L) + ")::DECIMAL(28,0) * 0.000001::DECIMAL(7,6)";
            case F32 -> "(" + base(kind, 1_000_000) + ") / 8";
            case F64 -> "(" + base(kind, 100_000_000) + ") / 8";
            case DT -> "DATE '2000-01-01' + (" + base(kind, 20_000) + ")::INTEGER";
            case TS ->
                "TIMESTAMP '2000-01-01 00:00:00' + to_microseconds((" + base(kind, 500_000_000_000_000L) + ")::BIGINT)";
            case B -> "(" + base(kind, 10) + ") % 2 = 0";
            case S ->
                random.nextBoolean()
                        ? TEXTS + "[1 + abs(" + base(kind, 1_000_000) + ") % len(" + TEXTS + ")]"
                        : "'p' || (" + base(kind, 1_000_000) + ")";
            case K -> few(kind, 1 + random.nextInt(12));
            case W -> TEXTS + "[1 + abs(" + few(kind, 1 + random.nextInt(9)) + ") % len(" + TEXTS + ")]";
        };
    }

    /** An integer expression over the row number {@code i} within [-limit, limit]. */
    private String base(ColumnKind kind, long limit) {
        return switch (random.nextInt(5)) {
            case 0 -> few(kind, 1 + random.nextInt(8));
            case 1 -> "((" + hash("i", kind) + " % " + 2 * limit + ")::BIGINT - " + limit + ")";
            case 2 -> "((i * " + Math.max(1, limit / Math.max(1, rows)) + ") % " + limit + " - " + limit / 2 + ")";
            case 3 -> "((" + hash("i // 257", kind) + " % " + 2 * limit + ")::BIGINT - " + limit + ")";
            default -> "(i - i + " + (random.nextLong() % limit) + ")";
        };
    }

    private String few(ColumnKind kind, int distinct) {
        return "((" + hash("i", kind) + " % " + distinct + ")::BIGINT - " + distinct / 2 + ")";
    }

    private String hash(String of, ColumnKind kind) {
        return "hash(" + of + ", '" + name + kind.column + "', " + random.nextInt(1_000_000) + ")";
    }

    private String extremes(ColumnKind kind, String value) {
        if (random.nextInt(3) != 0) {
            return value;
        }
        return switch (kind) {
            case I8 -> extremes(kind, value, "-128", "127");
            case I16 -> extremes(kind, value, "-32768", "32767");
            case I32 -> extremes(kind, value, "-2147483648", "2147483647");
            case I64 -> extremes(kind, value, "-9223372036854775808", "9223372036854775807");
            case D9 -> extremes(kind, value, "-9999999.99", "9999999.99");
            case D18 -> extremes(kind, value, "-99999999999999.9999", "99999999999999.9999");
            case F32, F64 -> extremes(kind, "(" + value + ")::DOUBLE", "'NaN'::DOUBLE", "'-0.0'::DOUBLE");
            case DT -> extremes(kind, value, "DATE '0001-01-01'", "DATE '9999-12-31'");
            case TS ->
                extremes(kind, value, "TIMESTAMP '0001-01-01 00:00:00'", "TIMESTAMP '9999-12-31 23:59:59.999999'");
            case ID, D30, B, S, K, W -> value;
        };
    }

    private String extremes(ColumnKind kind, String value, String least, String most) {
        String hash = hash("i", kind) + " % 211";
        return "CASE " + hash + " WHEN 0 THEN " + least + " WHEN 1 THEN " + most + " ELSE " + value + " END";
    }

    private String nulls(ColumnKind kind, String value) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> value;
            case 2 -> "CASE WHEN " + hash("i", kind) + " % 100 < 5 THEN NULL ELSE " + value + " END";
            case 3 -> "CASE WHEN " + hash("i", kind) + " % 100 < 60 THEN NULL ELSE " + value + " END";
            // Whole row groups without a value.
            case 4 -> "CASE WHEN (i // 2048) % 2 = 1 THEN NULL ELSE " + value + " END";
            default -> random.nextInt(4) == 0 ? "NULL" : value;
        };
    }
}
