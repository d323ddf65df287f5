package dev.aquifer.engine.random;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A piece of SQL in the engine's words and in DuckDB's, which differ here and there ({@code /} and {@code //}). */
record Sql(String engine, String duck) {
    static Sql of(String same) {
        return new Sql(same, same);
    }

    /** Replaces {@code #1}, {@code #2}... of a form by parts. */
    static Sql format(String form, Sql... parts) {
        return forms(form, form, parts);
    }

    static Sql forms(String engineForm, String duckForm, Sql... parts) {
        return new Sql(fill(engineForm, Sql::engine, parts), fill(duckForm, Sql::duck, parts));
    }

    static Sql join(String separator, List<Sql> parts) {
        return new Sql(
                parts.stream().map(Sql::engine).collect(Collectors.joining(separator)),
                parts.stream().map(Sql::duck).collect(Collectors.joining(separator)));
    }

    private static String fill(String form, Function<Sql, String> side, Sql[] parts) {
        String text = form;
        for (int i = parts.length; i >= 1; i--) {
            text = text.replace("#" + i + ";", side.apply(parts[i - 1]));
        }
        return text;
    }
}
