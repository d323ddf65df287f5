package dev.aquifer.benchmarks.compare;

import dev.aquifer.cli.config.Folders;
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
 * Asks a node of one thread and a node of several the same questions in turns, hot, and reads memory with one thread and with
 * several in the same turns. Runs minutes apart would say more of what else the machine does than of the nodes.
 */
public final class Scaling {
    private static final String TABLE = "lineitem";
    private static final int LEAST_WARM = 3;

    private final Path parquet;
    private final Path cache;
    private final int threads;
    private final int runs;
    private final Consumer<String> progress;

    /**
     * @param parquet the folder of lineitem's files
     * @param cache where blocks are for as long as this runs
     * @param threads of the node of several
     * @param runs timed runs of each node for each question
     * @param progress told what is done
     */
    public Scaling(Path parquet, Path cache, int threads, int runs, Consumer<String> progress) {
        this.parquet = parquet;
        this.cache = cache;
        this.threads = threads;
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * @throws AquiferException INTERNAL where the nodes' answers differ
     */
    public List<Scaled> run(List<BenchQuery> queries) throws IOException {
        Path work = Files.createTempDirectory(Files.createDirectories(cache), "bench-");
        Map<String, String> tables = Map.of(TABLE, parquet.toString());
        List<Scaled> results = new ArrayList<>();
        try (AquiferSide one = AquiferSide.open(tables, work.resolve("one"), 1);
                AquiferSide many = AquiferSide.open(tables, work.resolve("many"), threads);
                ReadLoop memory = new ReadLoop(threads)) {
            progress.accept("reading memory until that is compiled");
            Timing.warm(LEAST_WARM, () -> memory.read(threads));
            for (BenchQuery query : queries) {
                results.add(measure(query, one, many, memory));
            }
        } finally {
            Folders.delete(work);
        }
        return results;
    }

    private Scaled measure(BenchQuery query, AquiferSide one, AquiferSide many, ReadLoop memory) {
        progress.accept(query.name() + ": comparing the answers");
        String sql = query.sql();
        String difference = many.answer(sql).difference(one.answer(sql));
        if (!difference.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.INTERNAL,
                    query.name() + ": " + threads + " threads and one differ: " + difference + "; " + sql);
        }
        progress.accept(query.name() + ": in turns");
        Timing.warm(LEAST_WARM, () -> many.run(sql));
        Timing.warm(LEAST_WARM, () -> one.run(sql));
        double[] oneMillis = new double[runs];
        double[] manyMillis = new double[runs];
        double[] oneRead = new double[runs];
        double[] manyRead = new double[runs];
        for (int run = 0; run < runs; run++) {
            oneMillis[run] = Timing.millis(() -> one.run(sql));
            manyMillis[run] = Timing.millis(() -> many.run(sql));
            oneRead[run] = Timing.millis(() -> memory.read(1));
            manyRead[run] = Timing.millis(() -> memory.read(threads));
        }
        return new Scaled(
                query,
                threads,
                Timing.median(oneMillis),
                Timing.median(manyMillis),
                Timing.median(oneRead) / Timing.median(manyRead));
    }
}
