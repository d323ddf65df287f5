package dev.aquifer.engine.slt;

/**
 * A table of a test file.
 *
 * @param name what queries call it
 * @param sql the rows, as a query in DuckDB's SQL
 * @param files Parquet files the rows are cut into, in order
 * @param rowsPerGroup rows of a row group; 0 for DuckDB's default
 * @param partition the column that becomes Hive-style folders, or an empty text
 * @param line where it stands
 */
public record SltTable(String name, String sql, int files, int rowsPerGroup, String partition, int line) {}
