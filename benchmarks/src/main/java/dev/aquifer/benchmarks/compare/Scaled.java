package dev.aquifer.benchmarks.compare;

/**
 * What one question took one thread and several; times are medians of runs in turns.
 *
 * @param threads the several
 * @param oneMillis a node of one thread
 * @param manyMillis a node of several
 * @param memoryRatio how many times as fast several threads read memory, in the same turns
 */
public record Scaled(BenchQuery query, int threads, double oneMillis, double manyMillis, double memoryRatio) {
    /** How many times as long one thread takes. */
    public double ratio() {
        return oneMillis / manyMillis;
    }
}
