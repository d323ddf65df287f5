package dev.aquifer.benchmarks.compare;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Arrays;
import java.util.function.Supplier;

/** How one question is timed. */
final class Timing {
    /** Until compiled code has settled: no run was the fastest by then for this long, but so many runs at least. */
    private static final long SETTLED_NANOS = 3_000_000_000L;

    /** Faster by less than this part is noise. */
    private static final double FASTER = 0.98;

    private static final long MOST_WARM_NANOS = 15_000_000_000L;
    /** Before each timed run: until the engine that ran last has given back its memory and its threads rest. */
    private static final long REST_MILLIS = 50;

    private Timing() {}

    /** Asks until it gets no faster. */
    static void warm(int least, Supplier<Long> question) {
        long start = System.nanoTime();
        long best = Long.MAX_VALUE;
        long bestAt = start;
        for (int run = 0; run < least || System.nanoTime() - bestAt < SETTLED_NANOS; run++) {
            long began = System.nanoTime();
            long _ = question.get();
            long ended = System.nanoTime();
            if (ended - began < best * FASTER) {
                best = ended - began;
                bestAt = ended;
            }
            if (run >= least && ended - start > MOST_WARM_NANOS) {
                return;
            }
        }
    }

    /** Milliseconds of one run, after a rest. */
    static double millis(Supplier<Long> question) {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(ErrorCode.CANCELLED, "the benchmark was interrupted", e);
        }
        long start = System.nanoTime();
        long _ = question.get();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
