package dev.aquifer.service.admission;

/**
 * A tenant's load at one moment.
 *
 * @param fragments admitted since the node started
 * @param refused since the node started
 * @param cpuNanos processor time of workers on its stripes
 * @param memoryBytes work memory held now
 */
public record TenantLoadSnapshot(
        int running, int queued, long fragments, long refused, long cpuNanos, long memoryBytes) {}
