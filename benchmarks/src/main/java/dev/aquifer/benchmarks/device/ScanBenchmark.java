package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * Rows a second that one thread of a device runs TPC-H query 6 over, on blocks in memory. The answer is held against the
 * reference device before anything is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class ScanBenchmark {
    private static final int STRIPES = 16;
    private static final long SEED = 6;

    /** The kind of device, as {@link DeviceProvider#kind()} names it. */
    @Param("cpu")
    public String device = "cpu";

    private final Arena arena = Arena.ofShared();
    private final CompiledFragment query = FragmentCompiler.compile(Query6Stripes.fragment());
    private final List<Stripe> stripes = Query6Stripes.generate(STRIPES, arena, SEED);
    private @Nullable Device subject;
    private @Nullable Kernel kernel;

    private static Device open(String kind) {
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (provider.kind().equals(kind)) {
                return provider.open().getFirst();
            }
        }
        throw new IllegalArgumentException("no device of kind " + kind + " on the class path");
    }

    /** A benchmark whose answer is wrong must not print a time. */
    @Setup(Level.Trial)
    public void prepare() {
        subject = open(device);
        kernel = subject.compile(query.program());
        try (Device reference = open("reference");
                Kernel truth = reference.compile(query.program())) {
            Object expected = run(truth).column(0).value(0);
            Object actual = run(Objects.requireNonNull(kernel)).column(0).value(0);
            if (!String.valueOf(expected).equals(String.valueOf(actual))) {
                throw new IllegalStateException(device + " gives " + actual + ", the reference device " + expected);
            }
        }
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(kernel).close();
        Objects.requireNonNull(subject).close();
        arena.close();
    }

    private Batch run(Kernel ready) {
        try (Accumulator accumulator = ready.open(query.arguments(), ExecutionContext.UNBOUNDED)) {
            stripes.forEach(accumulator::run);
            return accumulator.finish().getFirst();
        }
    }

    /** TPC-H query 6; one operation is one row. */
    @Benchmark
    @OperationsPerInvocation(STRIPES * Stripes.MAX_ROWS)
    public Batch query6() {
        return run(Objects.requireNonNull(kernel));
    }
}
