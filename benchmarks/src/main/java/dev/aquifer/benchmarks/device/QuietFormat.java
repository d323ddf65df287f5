package dev.aquifer.benchmarks.device;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Keeps JMH quiet: counts what is done, and holds what it prints for the case that it fails. */
final class QuietFormat implements OutputFormat {
    private final Runnable done;
    private final StringBuilder printed = new StringBuilder();

    /** @param done called after each case */
    QuietFormat(Runnable done) {
        this.done = done;
    }

    /** What JMH and the JVM that it started printed during the last case. */
    String printed() {
        return printed.toString().strip();
    }

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {
        printed.setLength(0);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        done.run();
    }

    @Override
    public void print(String text) {
        printed.append(text);
    }

    @Override
    public void println(String line) {
        printed.append(line).append('\n');
    }

    @Override
    public void write(int character) {
        printed.append((char) character);
    }

    @Override
    public void write(byte[] bytes) {
        printed.append(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void startRun() {}

    @Override
    public void endRun(Collection<RunResult> results) {}

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult result) {}

    @Override
    public void verbosePrintln(String line) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
