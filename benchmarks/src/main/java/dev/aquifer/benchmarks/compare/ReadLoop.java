package dev.aquifer.benchmarks.compare;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads one large array, by one thread or in equal parts by several: what memory allows those that only read. */
final class ReadLoop implements AutoCloseable {
    /** More than the part of a cache that one machine of several on a processor gets. */
    private static final long MOST_BYTES = 512L << 20;

    private final long[] data;
    private final ExecutorService readers;

    /** @param threads at most */
    ReadLoop(int threads) {
        long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8);
        this.data = new long[(int) (bytes / Long.BYTES)];
        Arrays.setAll(data, index -> index);
        this.readers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("bench-read-", 0).factory());
    }

    /** The sum of all of it: who reads for nothing is compiled to nothing. */
    long read(int threads) {
        List<Callable<Long>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int from = (int) ((long) data.length * i / threads);
            int to = (int) ((long) data.length * (i + 1) / threads);
            parts.add(() -> sum(from, to));
        }
        try {
            long sum = 0;
            for (Future<Long> part : readers.invokeAll(parts)) {
                sum += part.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "the benchmark was interrupted", e);
        } catch (ExecutionException e) {
            throw new AquiferException(ErrorCode.INTERNAL, "reading memory failed: " + e.getCause(), e.getCause());
        }
    }

    private long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += data[i];
        }
        return sum;
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
