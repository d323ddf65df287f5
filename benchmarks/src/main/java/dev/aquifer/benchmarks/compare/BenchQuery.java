package dev.aquifer.benchmarks.compare;

/**
 * One question in the words of both engines.
 *
 * @param name short, as on the command line
 * @param sql for Aquifer
 * @param duckdbSql for DuckDB; the same text unless the dialects differ
 */
public record BenchQuery(String name, String sql, String duckdbSql) {
    static BenchQuery same(String name, String sql) {
        return new BenchQuery(name, sql, sql);
    }
}
