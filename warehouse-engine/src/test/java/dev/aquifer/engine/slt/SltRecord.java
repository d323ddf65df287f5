package dev.aquifer.engine.slt;

import java.util.List;

/** One thing that a test file asks for, and what must come of it. */
sealed interface SltRecord {
    /** Where it starts in its file. */
    Source source();

    /**
     * The statement as it stands in the file.
     *
     * @param line of the file, from 1
     * @param condition which modes run it
     * @param sql for the engine
     * @param duckSql the same in DuckDB's words; equal to {@code sql} unless the file says otherwise
     */
    record Source(int line, Condition condition, String sql, String duckSql) {}

    /** Modes that a record is left to ({@code onlyif}) or left out of ({@code skipif}), by label. */
    record Condition(List<String> only, List<String> skip) {
        boolean admits(List<String> labels) {
            return (only.isEmpty() || labels.stream().anyMatch(only::contains))
                    && labels.stream().noneMatch(skip::contains);
        }
    }

    /** Runs without an error, whatever it gives. */
    record Works(Source source) implements SltRecord {}

    /** Fails with a code of {@code ErrorCode} and a message in which each pattern is found. */
    record Fails(Source source, String code, List<String> patterns) implements SltRecord {}

    /** Gives rows. */
    record Gives(Source source, String types, Order order, List<String> rows) implements SltRecord {}

    /** Has columns of these names and exact types; DuckDB's HUGEINT counts as DECIMAL(38,0). */
    record Describes(Source source, List<String> columns) implements SltRecord {}

    /** EXPLAIN of the statement: patterns found in lines one after the other, and patterns found in no line. */
    record Explains(Source source, List<String> found, List<String> absent) implements SltRecord {}

    /** How rows are compared: as they come, sorted as lines, or sorted as single values. */
    enum Order {
        NOSORT,
        ROWSORT,
        VALUESORT
    }
}
