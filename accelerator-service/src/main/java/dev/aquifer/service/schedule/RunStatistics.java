package dev.aquifer.service.schedule;

/**
 * What running a fragment took.
 *
 * @param stripesTotal stripes of its slices
 * @param stripesPruned those of them that need not run, as their zone maps rule them out or are the answer
 * @param rowsScanned rows of the stripes that ran
 * @param rowsReturned rows handed to the sink
 * @param queueNanos from the start to the first stripe
 * @param cpuNanos processor time of workers on stripes, results and merging
 */
public record RunStatistics(
        long stripesTotal, long stripesPruned, long rowsScanned, long rowsReturned, long queueNanos, long cpuNanos) {}
