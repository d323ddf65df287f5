package dev.aquifer.benchmarks.compare;

import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.doctor.MemoryRate;
import dev.aquifer.engine.execute.AccessStats;
import dev.aquifer.engine.session.QueryStats;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks Aquifer and DuckDB the same questions in turns, hot and cold. Every answer is compared before anything is timed, and a
 * difference is an error. Cold means that nothing is cached of the table, not that code has not been compiled.
 */
public final class Comparison {
    private static final String TABLE = "lineitem";
    private static final int COLD_RUNS = 5;
    private static final int LEAST_WARM = 3;
    /** Cold runs are few, and much of what they compile runs once for a file. */
    private static final int LEAST_COLD_WARM = 5;

    private final Path parquet;
    private final Path cache;
    private final int threads;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param parquet the folder of lineitem's files
     * @param cache where DuckDB's table is kept, and blocks for as long as this runs
     * @param runs hot runs of each engine for each question
     * @param progress told what is done
     */
    public Comparison(Path parquet, Path cache, int threads, int runs, Consumer<String> progress) {
        this.parquet = parquet;
        this.cache = cache;
        this.threads = threads;
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * @throws AquiferException INTERNAL where the answers differ
     */
    public List<Measured> run(List<BenchQuery> queries, String scale) throws IOException {
        progress.accept("measuring how fast memory can be read");
        double stream = MemoryRate.bytesPerSecond(threads);
        Path work = Files.createTempDirectory(Files.createDirectories(cache), "bench-");
        progress.accept("loading " + TABLE + " into DuckDB, where it is not there yet");
        Path database = cache.resolve("duckdb-tpch-" + scale + ".db");
        List<Measured> results = new ArrayList<>();
        try (DuckDbSide duckdb = DuckDbSide.onNativeTable(database, TABLE, parquet, threads);
                AquiferSide aquifer = AquiferSide.open(tables(), work.resolve("hot"), threads)) {
            for (BenchQuery query : queries) {
                results.add(measure(query, aquifer, duckdb, work, stream));
            }
        } finally {
            Folders.delete(work);
        }
        return results;
    }

    private Map<String, String> tables() {
        return Map.of(TABLE, parquet.toString());
    }

    private Measured measure(BenchQuery query, AquiferSide aquifer, DuckDbSide duckdb, Path work, double stream) {
        progress.accept(query.name() + ": comparing the answers");
        String difference = aquifer.answer(query.sql()).difference(duckdb.answer(query.duckdbSql()));
        if (!difference.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.INTERNAL,
                    query.name() + ": Aquifer and DuckDB differ: " + difference + "; " + query.sql());
        }
        progress.accept(query.name() + ": hot");
        Timing.warm(LEAST_WARM, () -> aquifer.run(query.sql()));
        Timing.warm(LEAST_WARM, () -> duckdb.run(query.duckdbSql()));
        double[] mine = new double[runs];
        double[] theirs = new double[runs];
        for (int run = 0; run < runs; run++) {
            mine[run] = Timing.millis(() -> aquifer.run(query.sql()));
            theirs[run] = Timing.millis(() -> duckdb.run(query.duckdbSql()));
        }
        QueryStats stats = aquifer.stats(query.sql());
        progress.accept(query.name() + ": cold");
        double[] coldMine = new double[COLD_RUNS];
        double[] coldTheirs = new double[COLD_RUNS];
        Timing.warm(LEAST_COLD_WARM, () -> (long) coldAquifer(query, work));
        for (int run = 0; run < COLD_RUNS; run++) {
            coldMine[run] = coldAquifer(query, work);
            try (DuckDbSide cold = DuckDbSide.onParquet(TABLE, parquet, threads)) {
                coldTheirs[run] = Timing.millis(() -> cold.run(query.duckdbSql()));
            }
        }
        List<AccessStats> accesses = stats.accesses();
        return new Measured(
                query,
                Timing.median(mine),
                Timing.median(theirs),
                Timing.median(coldMine),
                Timing.median(coldTheirs),
                stats.columnBytes(),
                accesses.stream()
                        .mapToLong(access -> access.memoryBytes() + access.ssdBytes())
                        .sum(),
                stats.wireBytes(),
                stream);
    }

    /** Milliseconds that a question takes a node that has nothing yet. */
    private double coldAquifer(BenchQuery query, Path work) {
        Path folder = work.resolve("cold");
        try (AquiferSide cold = AquiferSide.open(tables(), folder, threads)) {
            return Timing.millis(() -> cold.run(query.sql()));
        } finally {
            Folders.delete(folder);
        }
    }
}
