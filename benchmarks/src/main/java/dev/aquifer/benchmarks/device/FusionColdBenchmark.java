package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.device.Stripe;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The first hundred runs of a query over 16 stripes, one by one, in a process that has run others for a while, or none. The first
 * includes compiling its program.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 100)
@Fork(
        value = 3,
        jvmArgs = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class FusionColdBenchmark {
    private static final int STRIPES = 16;
    private static final long SEED = 6;
    private static final long WARM_NANOS = 2_000_000_000L;
    private static final List<FusionQuery> OTHERS =
            List.of(FusionQuery.COUNT, FusionQuery.DAYS_1, FusionQuery.DAYS_10, FusionQuery.DAYS_50);

    /** The kind of a device, or {@code fused}. */
    @Param({"cpu", "fused"})
    public String way = "cpu";

    /** Whether other queries have run. */
    @Param({"true", "false"})
    public boolean warm;

    private final Arena arena = Arena.ofShared();
    private final List<Stripe> stripes = Query6Stripes.generate(STRIPES, arena, SEED);
    private final List<FusionSubject> subjects = new ArrayList<>();

    @Setup(Level.Trial)
    public void runOthers(Blackhole hole) {
        for (FusionQuery other : warm ? OTHERS : List.<FusionQuery>of()) {
            try (FusionSubject subject = new FusionSubject(other, way)) {
                long until = System.nanoTime() + WARM_NANOS;
                while (System.nanoTime() < until) {
                    hole.consume(subject.run(stripes));
                }
            }
        }
    }

    @TearDown
    public void close() {
        subjects.forEach(FusionSubject::close);
        arena.close();
    }

    /** One operation is a run of query 6 over all stripes. */
    @Benchmark
    public String run() {
        if (subjects.isEmpty()) {
            subjects.add(new FusionSubject(FusionQuery.QUERY6, way));
        }
        return subjects.getFirst().run(stripes);
    }
}
