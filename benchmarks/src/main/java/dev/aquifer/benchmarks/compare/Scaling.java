package dev.aquifer.benchmarks.compare;

import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.doctor.ReadLoop;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks a node of one thread and a node of several the same questions in turns, hot, and reads memory with one thread and with
 * several in the same turns: runs minutes apart would say more of what else the machine does than of the nodes. Each round opens
 * both nodes anew, the other one first, as it matters on some machines where in memory blocks come to lie.
 */
public final class Scaling {
    private static final String TABLE = "lineitem";
    private static final int LEAST_WARM = 3;
    /** More than the part of a cache that one machine of several on a processor gets. */
    private static final long MOST_READ_BYTES = 512L << 20;

    private final Path parquet;
    private final Path cache;
    private final int threads;
    private final int rounds;
    private final int runs;
    private final Consumer<String> progress;

    /** Milliseconds of all runs of a question. */
    private static final class Times {
        final double[] one;
        final double[] many;
        final double[] oneRead;
        final double[] manyRead;
        int taken;

        Times(int runs) {
            one = new double[runs];
            many = new double[runs];
            oneRead = new double[runs];
            manyRead = new double[runs];
        }

        Scaled medians(BenchQuery query, int threads) {
            return new Scaled(
                    query,
                    threads,
                    Timing.median(one),
                    Timing.median(many),
                    Timing.median(oneRead) / Timing.median(manyRead));
        }
    }

    /**
     * @param parquet the folder of lineitem's files
     * @param cache where blocks are for as long as this runs
     * @param threads of the node of several
     * @param rounds in which both nodes are opened
     * @param runs timed runs of each node for each question, in each round
     * @param progress told what is done
     */
    public Scaling(Path parquet, Path cache, int threads, int rounds, int runs, Consumer<String> progress) {
        this.parquet = parquet;
        this.cache = cache;
        this.threads = threads;
        this.rounds = rounds;
        this.runs = runs;
        this.progress = progress;
    }

    /**
     * @throws AquiferException INTERNAL where the nodes' answers differ
     */
    public List<Scaled> run(List<BenchQuery> queries) throws IOException {
        Path work = Files.createTempDirectory(Files.createDirectories(cache), "bench-");
        Times[] times = new Times[queries.size()];
        Arrays.setAll(times, index -> new Times(rounds * runs));
        try (ReadLoop memory = new ReadLoop(
                threads, Math.min(MOST_READ_BYTES, Runtime.getRuntime().maxMemory() / 8))) {
            progress.accept("reading memory until that is compiled");
            Timing.warm(LEAST_WARM, () -> memory.read(threads, 1));
            for (int round = 0; round < rounds; round++) {
                round(round, queries, times, memory, work);
            }
        } finally {
            Folders.delete(work);
        }
        List<Scaled> results = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            results.add(times[i].medians(queries.get(i), threads));
        }
        return results;
    }

    private void round(int round, List<BenchQuery> queries, Times[] times, ReadLoop memory, Path work) {
        boolean oneIsFirst = round % 2 == 0;
        try (AquiferSide first = open(work.resolve("first"), oneIsFirst ? 1 : threads);
                AquiferSide second = open(work.resolve("second"), oneIsFirst ? threads : 1)) {
            AquiferSide one = oneIsFirst ? first : second;
            AquiferSide many = oneIsFirst ? second : first;
            for (int i = 0; i < times.length; i++) {
                BenchQuery query = queries.get(i);
                progress.accept("round " + (round + 1) + " of " + rounds + ", " + query.name());
                String sql = query.sql();
                compare(query, first.answer(sql), second.answer(sql));
                if (round == 0) {
                    Timing.warm(LEAST_WARM, () -> many.run(sql));
                    Timing.warm(LEAST_WARM, () -> one.run(sql));
                }
                time(sql, one, many, memory, times[i]);
            }
        } finally {
            Folders.delete(work.resolve("first"));
            Folders.delete(work.resolve("second"));
        }
    }

    private AquiferSide open(Path folder, int workers) {
        return AquiferSide.open(Map.of(TABLE, parquet.toString()), folder, workers);
    }

    private void compare(BenchQuery query, Answer first, Answer second) {
        String difference = second.difference(first);
        if (!difference.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.INTERNAL,
                    query.name() + ": " + threads + " threads and one differ: " + difference + "; " + query.sql());
        }
    }

    private void time(String sql, AquiferSide one, AquiferSide many, ReadLoop memory, Times times) {
        for (int run = 0; run < runs; run++) {
            times.one[times.taken] = Timing.millis(() -> one.run(sql));
            times.many[times.taken] = Timing.millis(() -> many.run(sql));
            times.oneRead[times.taken] = Timing.millis(() -> memory.read(1, 1));
            times.manyRead[times.taken] = Timing.millis(() -> memory.read(threads, 1));
            times.taken++;
        }
    }
}
