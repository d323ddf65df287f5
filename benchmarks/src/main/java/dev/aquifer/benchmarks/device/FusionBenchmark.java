package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.Stripe;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds a row, on one thread, of a program run vector at a time and of the same program fused. The answer is held against the
 * reference device before anything is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class FusionBenchmark {
    private static final int STRIPES = 16;
    private static final long SEED = 6;

    @Param
    public FusionQuery query = FusionQuery.QUERY6;

    /** The kind of a device, or {@code fused}. */
    @Param({"cpu", "fused"})
    public String way = "cpu";

    private final Arena arena = Arena.ofShared();
    private final List<Stripe> stripes = Query6Stripes.generate(STRIPES, arena, SEED);
    private FusionSubject subject = new FusionSubject(query, way);

    /** A benchmark whose answer is wrong must not print a time. */
    @Setup(Level.Trial)
    public void prepare() {
        subject.close();
        subject = new FusionSubject(query, way);
        try (FusionSubject reference = new FusionSubject(query, "reference")) {
            String expected = reference.run(stripes);
            String actual = subject.run(stripes);
            if (!expected.equals(actual)) {
                throw new IllegalStateException(way + " gives " + actual + ", the reference device " + expected);
            }
        }
    }

    @TearDown
    public void close() {
        subject.close();
        arena.close();
    }

    /** One operation is one row. */
    @Benchmark
    @OperationsPerInvocation(STRIPES * Stripes.MAX_ROWS)
    public String hot() {
        return subject.run(stripes);
    }
}
