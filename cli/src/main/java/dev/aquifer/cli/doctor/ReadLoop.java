package dev.aquifer.cli.doctor;

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
public final class ReadLoop implements AutoCloseable {
    private final long[] data;
    private final ExecutorService readers;

    /**
     * @param threads at most
     * @param bytes of the array, less than 16 GiB
     */
    public ReadLoop(int threads, long bytes) {
        this.data = new long[Math.toIntExact(bytes / Long.BYTES)];
        Arrays.setAll(data, index -> index);
        this.readers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().daemon().name("aquifer-read-loop-", 0).factory());
    }

    /**
     * Reads all of it some times; who is done with a part does not wait in between for the others.
     *
     * @return a sum: a loop for nothing is compiled to nothing
     * @throws AquiferException CANCELLED
     */
    public long read(int threads, int times) {
        List<Callable<Long>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int from = (int) ((long) data.length * i / threads);
            int to = (int) ((long) data.length * (i + 1) / threads);
            parts.add(() -> {
                long sum = 0;
                for (int time = 0; time < times; time++) {
                    sum += sum(from, to);
                }
                return sum;
            });
        }
        try {
            long sum = 0;
            for (Future<Long> part : readers.invokeAll(parts)) {
                sum += part.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "interrupted while reading memory", e);
        } catch (ExecutionException e) {
            throw new AquiferException(ErrorCode.INTERNAL, "reading memory failed: " + e.getCause(), e.getCause());
        }
    }

    public long bytes() {
        return (long) data.length * Long.BYTES;
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
