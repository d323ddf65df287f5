package dev.aquifer.service.schedule;

/** Counts what a run takes. Guarded by its {@link FragmentRun}. */
final class RunMeter {
    private final long startedAt = System.nanoTime();
    private long firstStripeAt;
    private long stripesPruned;
    private long rowsScanned;
    private long cpuNanos;

    void pruned(long stripes) {
        stripesPruned += stripes;
    }

    void stripeStarts() {
        if (firstStripeAt == 0) {
            firstStripeAt = System.nanoTime();
        }
    }

    void scanned(int rows) {
        rowsScanned += rows;
    }

    void spent(long nanos) {
        cpuNanos += nanos;
    }

    RunStatistics total(long stripes, long rowsReturned) {
        long queued = (firstStripeAt == 0 ? System.nanoTime() : firstStripeAt) - startedAt;
        return new RunStatistics(stripes, stripesPruned, rowsScanned, rowsReturned, queued, cpuNanos);
    }
}
