package dev.aquifer.benchmarks.device;

import dev.aquifer.benchmarks.primitive.CaseStripes;
import dev.aquifer.benchmarks.primitive.Matrix;
import dev.aquifer.benchmarks.primitive.PrimitiveCase;
import dev.aquifer.hwtests.conformance.Differential;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One case of the matrix on one device: an operation is one execution over all stripes by one thread. The answer is held
 * against the reference device before anything is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PrimitiveBenchmark {
    /** Stripes that are drawn and checked; the others are copies of them. */
    static final int DRAWN = 2;

    /** The case, as {@link PrimitiveCase#id()} spells it. */
    @Param("query6 DATE PACKED/12")
    public String id = "";

    /** As {@link DeviceRegistry#device} takes it. */
    @Param("cpu")
    public String device = "";

    @Param("1")
    public long seed;

    @Param("64")
    public int stripes;

    private final Arena arena = Arena.ofShared();
    private @Nullable CompiledFragment program;
    private List<Stripe> data = List.of();
    private @Nullable DeviceRegistry devices;
    private @Nullable Kernel kernel;

    /**
     * @throws AquiferException DEVICE_FAILED where the device's answer is not the reference device's; what {@link
     *     DeviceRegistry#device} throws
     */
    @Setup(Level.Trial)
    public void prepare() {
        PrimitiveCase chosen = Matrix.byId(id);
        DeviceRegistry opened = DeviceRegistry.open(DeviceRegistry.AUTO);
        devices = opened;
        Device subject = opened.device(device);
        List<Stripe> drawn = CaseStripes.generate(chosen, Math.min(DRAWN, stripes), Stripes.MAX_ROWS, seed);
        try (Device reference = new ReferenceDevice()) {
            String difference = new Differential(subject, reference).difference(chosen.fragment(), drawn, 1);
            if (difference != null) {
                throw new AquiferException(
                        ErrorCode.DEVICE_FAILED,
                        subject.info().name() + " is wrong on " + id + " (seed " + seed + "): " + difference);
            }
        }
        CompiledFragment compiled = FragmentCompiler.compile(chosen.fragment());
        program = compiled;
        kernel = subject.compile(compiled.program());
        data = CaseStripes.repeat(drawn, stripes, arena);
    }

    @TearDown(Level.Trial)
    public void close() {
        Objects.requireNonNull(kernel).close();
        Objects.requireNonNull(devices).close();
        arena.close();
    }

    /** One execution; each thread begins at another stripe, so that they do not read the same cache lines in step. */
    @Benchmark
    public void run(ThreadParams thread, Blackhole sink) {
        CompiledFragment fragment = Objects.requireNonNull(program);
        int first = data.size() * thread.getThreadIndex() / thread.getThreadCount();
        Kernel ready = Objects.requireNonNull(kernel);
        try (Accumulator accumulator = ready.open(fragment.arguments(), ExecutionContext.UNBOUNDED)) {
            for (int i = 0; i < data.size(); i++) {
                List<Batch> rows = accumulator.run(data.get((first + i) % data.size()));
                sink.consume(rows);
            }
            sink.consume(ready.combine(List.of(accumulator), ExecutionContext.UNBOUNDED));
        }
    }
}
