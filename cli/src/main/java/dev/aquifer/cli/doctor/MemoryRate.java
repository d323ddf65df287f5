package dev.aquifer.cli.doctor;

import dev.aquifer.spi.error.AquiferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast memory can be read, by one core and by all. */
public final class MemoryRate {
    /** Far more than any cache holds. */
    private static final int BYTES_PER_THREAD = 128 << 20;

    private static final int MAX_THREADS = 16;
    private static final Duration SPAN = Duration.ofMillis(400);
    /** Readings between two looks at the clock, where threads wait for each other: without them it was a twentieth less. */
    private static final int TIMES = 8;

    private MemoryRate() {}

    static List<Finding> find() {
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        try {
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.well("memory read", text(bytesPerSecond(1)) + " by one core"));
            if (threads > 1) {
                findings.add(Finding.well("", text(bytesPerSecond(threads)) + " by " + threads + " cores together"));
            }
            return findings;
        } catch (AquiferException e) {
            return List.of(Finding.bad("memory read", "not measured: " + e.getMessage()));
        }
    }

    private static String text(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.1f GB/s", bytesPerSecond / 1e9);
    }

    /**
     * Bytes a second that some threads read together, of an array that no cache holds.
     *
     * @throws AquiferException CANCELLED
     */
    public static double bytesPerSecond(int threads) {
        // Never more than a quarter of the heap: who measures must not be what fails.
        long room = Runtime.getRuntime().maxMemory() / 4;
        long bytes = Math.min((long) Math.min(threads, MAX_THREADS) * BYTES_PER_THREAD, room);
        try (ReadLoop loop = new ReadLoop(threads, bytes)) {
            // Before the clock runs: compiled, and the threads are there.
            long sums = loop.read(threads, 2);
            long read = 0;
            long start = System.nanoTime();
            long end = start;
            while (end - start < SPAN.toNanos()) {
                sums += loop.read(threads, TIMES);
                read += TIMES * loop.bytes();
                end = System.nanoTime();
            }
            if (sums == 0) {
                throw new IllegalStateException("the sums were not computed");
            }
            return read * 1e9 / (end - start);
        }
    }
}
