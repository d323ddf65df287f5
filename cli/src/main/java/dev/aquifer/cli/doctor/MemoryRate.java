package dev.aquifer.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** How fast memory can be read, by one core and by all. */
public final class MemoryRate {
    /** Far more than any cache holds. */
    private static final int BYTES_PER_THREAD = 128 << 20;

    private static final int MAX_THREADS = 16;
    private static final Duration SPAN = Duration.ofMillis(400);

    private MemoryRate() {}

    static List<Finding> find() {
        // Never more than a quarter of the heap: the doctor must not be what fails.
        long room = Runtime.getRuntime().maxMemory() / 4;
        int most = (int) Math.max(1, Math.min(MAX_THREADS, room / BYTES_PER_THREAD));
        int threads = Math.min(most, Runtime.getRuntime().availableProcessors());
        try {
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.well("memory read", text(bytesPerSecond(1)) + " by one core"));
            if (threads > 1) {
                findings.add(Finding.well("", text(bytesPerSecond(threads)) + " by " + threads + " cores together"));
            }
            return findings;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.bad("memory read", "not measured: interrupted"));
        }
    }

    private static String text(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.1f GB/s", bytesPerSecond / 1e9);
    }

    /** Bytes a second that some threads read together, each from an array of its own that no cache holds. */
    public static double bytesPerSecond(int threads) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        LongAdder words = new LongAdder();
        LongAdder sums = new LongAdder();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            // Here and not in the thread: who asked is told that there is no memory, and does not wait for it.
            long[] data = new long[BYTES_PER_THREAD / Long.BYTES];
            readers.add(Thread.ofPlatform().daemon().start(() -> {
                Arrays.setAll(data, index -> index);
                // Once before the clock runs: compiled, and the pages are there.
                sums.add(sum(data));
                ready.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                long end = System.nanoTime() + SPAN.toNanos();
                while (System.nanoTime() < end) {
                    sums.add(sum(data));
                    words.add(data.length);
                }
            }));
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (sums.sum() == 0) {
            throw new IllegalStateException("the sums were not computed");
        }
        return words.sum() * 8.0 / seconds;
    }

    private static long sum(long[] data) {
        long sum = 0;
        for (long word : data) {
            sum += word;
        }
        return sum;
    }
}
