package dev.aquifer.engine.random;

import dev.aquifer.engine.slt.Answer;
import dev.aquifer.engine.slt.DuckDb;
import dev.aquifer.engine.slt.SqlFailure;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values that occur in a table, as literals: so that filters hit something. */
final class Samples {
    private final Map<ColumnKind, List<String>> literals;

    private Samples(Map<ColumnKind, List<String>> literals) {
        this.literals = literals;
    }

    static Samples of(DuckDb duck, String table) throws SqlFailure {
        Map<ColumnKind, List<String>> literals = new EnumMap<>(ColumnKind.class);
        for (ColumnKind kind : ColumnKind.values()) {
            Answer answer = duck.run("SELECT DISTINCT " + kind.column + " FROM (SELECT * FROM " + table
                    + " WHERE hash(id) % 7 = 0 ORDER BY id LIMIT 60) q WHERE " + kind.column
                    + " IS NOT NULL ORDER BY 1");
            DataType type = answer.columns().getFirst().type();
            List<String> values = new ArrayList<>(defaults(kind));
            for (List<@Nullable Object> row : answer.rows()) {
                Object value = row.getFirst();
                if (value != null) {
                    values.add(literal(kind, ValueText.of(type, value)));
                }
            }
            literals.put(kind, values);
        }
        return new Samples(literals);
    }

    Sql one(Random random, ColumnKind kind) {
        List<String> values = literals.getOrDefault(kind, List.of());
        return Sql.of(values.get(random.nextInt(values.size())));
    }

    private static String literal(ColumnKind kind, String text) {
        return switch (kind) {
            case ID, I8, I16, I32, I64, D9, D18, D30, K -> text.startsWith("-") ? "(" + text + ")" : text;
            case F32 -> "CAST(CAST('" + text + "' AS REAL) AS DOUBLE)";
            case F64 -> "CAST('" + text + "' AS DOUBLE)";
            case DT -> "DATE '" + text + "'";
            case TS -> "TIMESTAMP '" + text + "'";
            case B -> text;
            case S, W -> DuckDb.literal(text);
        };
    }

    private static List<String> defaults(ColumnKind kind) {
        return switch (kind) {
            case ID, I8, I16, I32, I64, K -> List.of("0", "(-1)", "100");
            case D9, D18, D30 -> List.of("0.00", "(-0.5)", "12.345");
            case F32, F64 -> List.of("0e0", "(-1.5e0)", "1e3");
            case DT -> List.of("DATE '2000-02-29'", "DATE '1969-12-31'");
            case TS -> List.of("TIMESTAMP '2000-02-29 00:00:00'", "TIMESTAMP '1969-12-31 23:59:59.999999'");
            case B -> List.of("TRUE", "FALSE");
            case S, W -> List.of("''", "'a'", "'😀'", "'zz'");
        };
    }
}
