package dev.aquifer.benchmarks.device;

import dev.aquifer.benchmarks.fusion.FusedRun;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.merge.WideSum;
import dev.aquifer.spi.type.Bytes;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A query made ready to run over stripes: by a device, or fused. */
final class FusionSubject implements AutoCloseable {
    private final CompiledFragment query;
    private final @Nullable Device device;
    private final @Nullable Kernel kernel;
    private final @Nullable FusedRun fused;

    /** @param way the kind of a device, or {@code fused} */
    FusionSubject(FusionQuery what, String way) {
        query = FragmentCompiler.compile(what.fragment());
        fused = way.equals("fused") ? new FusedRun(query) : null;
        device = fused == null ? open(way) : null;
        kernel = device == null ? null : device.compile(query.program());
    }

    private static Device open(String kind) {
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (provider.kind().equals(kind)) {
                return provider.open().getFirst();
            }
        }
        throw new IllegalArgumentException("no device of kind " + kind + " on the class path");
    }

    /** The one value of the answer. */
    String run(List<Stripe> stripes) {
        if (fused != null) {
            return Long.toString(fused.run(stripes));
        }
        try (Accumulator accumulator =
                Objects.requireNonNull(kernel).open(query.arguments(), ExecutionContext.UNBOUNDED)) {
            stripes.forEach(accumulator::run);
            return text(accumulator.finish().getFirst().column(0).value(0));
        }
    }

    /** A sum is a state that travels wide. */
    private static String text(@Nullable Object value) {
        if (!(value instanceof Bytes sum)) {
            return String.valueOf(value);
        }
        long[] state = new long[WideSum.LONGS];
        WideSum.decode(sum.array(), 0, sum.length(), state, 0);
        return WideSum.value(state, 0).toString();
    }

    @Override
    public void close() {
        if (kernel != null && device != null) {
            kernel.close();
            device.close();
        }
    }
}
