package dev.aquifer.benchmarks.latency;

/**
 * What one way to ask took, from the question to the end of the answer.
 *
 * @param medianNanos as all times in nanoseconds, to three digits
 */
public record Latency(WayName way, long runs, long medianNanos, long p99Nanos, long maxNanos) {}
