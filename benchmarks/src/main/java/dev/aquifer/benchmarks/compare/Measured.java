package dev.aquifer.benchmarks.compare;

/**
 * What one question took; times are medians.
 *
 * @param aquiferMillis hot: blocks in memory, from SQL text to last row
 * @param duckdbMillis hot: DuckDB's own tables
 * @param coldAquiferMillis from Parquet on local disk, no block cached
 * @param coldDuckdbMillis DuckDB over the same Parquet
 * @param lakeBytes the queried columns as they lie in the lake
 * @param encodedBytes blocks that a hot run read
 * @param wireBytes what the node sent
 * @param streamBytesPerSecond what this machine's memory gave to the same number of threads in the same run
 */
public record Measured(
        BenchQuery query,
        double aquiferMillis,
        double duckdbMillis,
        double coldAquiferMillis,
        double coldDuckdbMillis,
        long lakeBytes,
        long encodedBytes,
        long wireBytes,
        double streamBytesPerSecond) {
    /** How many times as long DuckDB takes, hot. */
    public double ratio() {
        return duckdbMillis / aquiferMillis;
    }

    /** Encoded bytes by hot time. */
    public double gigabytesPerSecond() {
        return encodedBytes / aquiferMillis / 1e6;
    }

    public double streamGigabytesPerSecond() {
        return streamBytesPerSecond / 1e9;
    }
}
