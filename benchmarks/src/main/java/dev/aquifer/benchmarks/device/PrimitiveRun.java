package dev.aquifer.benchmarks.device;

import dev.aquifer.benchmarks.primitive.CaseStripes;
import dev.aquifer.benchmarks.primitive.Matrix;
import dev.aquifer.benchmarks.primitive.PrimitiveCase;
import dev.aquifer.cli.doctor.MemoryRate;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures cases on a device, each in JVMs of its own that are started as this one was.
 *
 * @param device as {@link dev.aquifer.service.place.DeviceRegistry#device} takes it
 * @param stripes stripes of 65,536 rows
 */
public record PrimitiveRun(String device, int threads, int stripes, long seed, Pace pace) {
    /**
     * @param progress told how many cases are done
     * @throws AquiferException DEVICE_FAILED where an answer is not the reference device's, or a JVM fails
     */
    public List<Measurement> measure(List<PrimitiveCase> cases, IntConsumer progress) {
        double before = MemoryRate.bytesPerSecond(threads);
        AtomicInteger done = new AtomicInteger();
        QuietFormat format = new QuietFormat(() -> progress.accept(done.incrementAndGet()));
        Collection<RunResult> results;
        try {
            results = new Runner(options(cases), format).run();
        } catch (RunnerException e) {
            throw failure(e, format.printed());
        }
        // The better of two: other work on the machine can only take from what memory gives.
        double stream = Math.max(before, MemoryRate.bytesPerSecond(threads));
        return results.stream().map(result -> measurement(result, stream)).toList();
    }

    private Options options(List<PrimitiveCase> cases) {
        return new OptionsBuilder()
                .include("^" + Pattern.quote(PrimitiveBenchmark.class.getName() + ".run") + "$")
                .param("id", cases.stream().map(PrimitiveCase::id).toArray(String[]::new))
                .param("device", device)
                .param("seed", String.valueOf(seed))
                .param("stripes", String.valueOf(stripes))
                .forks(pace.forks())
                .threads(threads)
                .warmupIterations(pace.warmups())
                .warmupTime(TimeValue.milliseconds(pace.warmMillis()))
                .measurementIterations(pace.iterations())
                .measurementTime(TimeValue.milliseconds(pace.millis()))
                .shouldFailOnError(true)
                .build();
    }

    private Measurement measurement(RunResult result, double stream) {
        PrimitiveCase of = Matrix.byId(result.getParams().getParam("id"));
        int drawn = Math.min(PrimitiveBenchmark.DRAWN, stripes);
        List<Stripe> sample = CaseStripes.generate(of, drawn, Stripes.MAX_ROWS, seed);
        long bytes = 0;
        for (int i = 0; i < stripes; i++) {
            bytes += CaseStripes.bytes(List.of(sample.get(i % drawn)));
        }
        long rows = (long) stripes * Stripes.MAX_ROWS;
        Result<?> executions = result.getPrimaryResult();
        return new Measurement(
                of,
                device,
                threads,
                rows,
                bytes,
                executions.getScore() * rows,
                executions.getScoreError() * rows,
                stream);
    }

    /** What a benchmark threw comes within two others. */
    private static AquiferException failure(RunnerException e, String printed) {
        if (e.getCause() instanceof BenchmarkException failed) {
            for (Throwable thrown : failed.getSuppressed()) {
                if (thrown instanceof AquiferException known) {
                    return known;
                }
            }
        }
        return new AquiferException(
                ErrorCode.DEVICE_FAILED, e.getMessage() + (printed.isEmpty() ? "" : ":\n" + printed), e);
    }
}
