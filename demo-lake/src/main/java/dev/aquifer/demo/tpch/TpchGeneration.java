package dev.aquifer.demo.tpch;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.trino.tpch.TpchEntity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Writes all files of a scale, several at a time: the rows of a file do not depend on those before it. */
final class TpchGeneration {
    /** A file in the making holds a row group of uncompressed values: more threads would need more memory than they win. */
    private static final int MAX_THREADS = 8;

    private TpchGeneration() {}

    static void run(Path folder, BigDecimal scale, TpchProgress progress) throws IOException {
        long expected = 0;
        for (TpchTableSpec<?> table : TpchSchema.TABLES) {
            expected += table.expectedRows(scale.doubleValue());
        }
        Reporter reporter = new Reporter(progress, expected);
        List<Callable<@Nullable Void>> tasks = new ArrayList<>();
        for (TpchTableSpec<?> table : TpchSchema.TABLES) {
            addTasks(table, folder, scale.doubleValue(), reporter, tasks);
        }
        runAll(tasks);
        reporter.end(reporter.done());
    }

    private static <E extends TpchEntity> void addTasks(
            TpchTableSpec<E> table, Path folder, double scale, Reporter reporter, List<Callable<@Nullable Void>> tasks)
            throws IOException {
        Path tableFolder = Files.createDirectories(folder.resolve(table.name()));
        int files = table.files(scale);
        for (int i = 0; i < files; i++) {
            int file = i;
            Path path = tableFolder.resolve(String.format(Locale.ROOT, "part-%05d.parquet", file));
            tasks.add(() -> {
                Files.deleteIfExists(path);
                TpchFileWriter.write(table, scale, file, files, path, reporter::add);
                return null;
            });
        }
    }

    /** All tasks, or the first failure; no task runs any more when this returns. */
    private static void runAll(List<Callable<@Nullable Void>> tasks) throws IOException {
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("tpch-", 0).daemon().factory())) {
            ExecutorCompletionService<@Nullable Void> completed = new ExecutorCompletionService<>(executor);
            tasks.forEach(completed::submit);
            try {
                for (int i = 0; i < tasks.size(); i++) {
                    completed.take().get();
                }
            } catch (ExecutionException e) {
                executor.shutdownNow();
                rethrow(e);
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new AquiferException(ErrorCode.CANCELLED, "the generation of TPC-H was interrupted", e);
            }
        }
    }

    private static void rethrow(ExecutionException e) throws IOException {
        switch (e.getCause()) {
            case InterruptedIOException interrupted ->
                throw new AquiferException(ErrorCode.CANCELLED, "the generation of TPC-H was interrupted", interrupted);
            case IOException io -> throw io;
            case null, default ->
                throw new AquiferException(
                        ErrorCode.INTERNAL, "the generation of TPC-H failed: " + e.getCause(), e.getCause());
        }
    }
}
