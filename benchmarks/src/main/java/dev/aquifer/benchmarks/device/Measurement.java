package dev.aquifer.benchmarks.device;

import dev.aquifer.benchmarks.primitive.PrimitiveCase;
import dev.aquifer.spi.block.Stripes;

/**
 * What one case took.
 *
 * @param threads each ran the case over all rows, at once
 * @param rows rows of one execution
 * @param encodedBytes bytes of the blocks of those rows
 * @param valuesPerSecond rows of all threads together
 * @param error of {@code valuesPerSecond}, half the 99.9 % confidence interval as JMH reckons it; NaN with too few iterations
 * @param streamBytesPerSecond what this machine's memory gave to the same number of threads in the same run
 */
public record Measurement(
        PrimitiveCase of,
        String device,
        int threads,
        long rows,
        long encodedBytes,
        double valuesPerSecond,
        double error,
        double streamBytesPerSecond) {
    /** Nanoseconds that one thread takes for a vector of 1,024 rows. */
    public double nanosPerVector() {
        return threads * 1e9 * Stripes.VECTOR_ROWS / valuesPerSecond;
    }

    /** Encoded bytes of all columns that the case reads. */
    public double gigabytesPerSecond() {
        return valuesPerSecond * encodedBytes / rows / 1e9;
    }

    public double streamGigabytesPerSecond() {
        return streamBytesPerSecond / 1e9;
    }

    /** {@link #error} in percent. */
    public double errorPercent() {
        return 100 * error / valuesPerSecond;
    }
}
