package dev.aquifer.service.server;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reference device with a gate before each stripe, so that a test can hold a node in the middle of its work; and with a
 * defect on demand. Found by name only.
 */
public final class GatedDevice implements Device {
    static final String NAME = "gated";

    private static volatile boolean open = true;
    private static volatile @Nullable Supplier<? extends Throwable> defect;
    private static volatile boolean closingFails;
    /** Columns of the program of each stripe that came, in the order they came. */
    static final List<Integer> ORDER = new CopyOnWriteArrayList<>();

    static final AtomicInteger WAITING = new AtomicInteger();
    static final AtomicInteger ACCUMULATORS = new AtomicInteger();

    private final ReferenceDevice device = new ReferenceDevice();

    /** Registered for tests. */
    public static final class Provider implements DeviceProvider {
        @Override
        public String kind() {
            return NAME;
        }

        @Override
        public int preference() {
            return -1;
        }

        @Override
        public List<Device> open() {
            return List.of(new GatedDevice());
        }

        @Override
        public String unavailableReason() {
            return "";
        }
    }

    static void shut() {
        open = false;
    }

    static void open() {
        open = true;
    }

    static void breakWith(@Nullable Supplier<? extends Throwable> what) {
        defect = what;
    }

    static void failToClose(boolean fails) {
        closingFails = fails;
    }

    @Override
    public DeviceInfo info() {
        return new DeviceInfo(NAME, "the reference device behind a gate, for tests");
    }

    @Override
    public Support check(Program program) {
        return device.check(program);
    }

    @Override
    public Kernel compile(Program program) {
        Kernel kernel = device.compile(program);
        return new Kernel() {
            @Override
            public Program program() {
                return program;
            }

            @Override
            public Accumulator open(List<Argument> arguments, ExecutionContext context) {
                ACCUMULATORS.incrementAndGet();
                return new GatedAccumulator(
                        kernel.open(arguments, context),
                        context,
                        program.columns().size());
            }

            @Override
            public List<Batch> combine(List<? extends Accumulator> accumulators, ExecutionContext context) {
                return kernel.combine(
                        accumulators.stream()
                                .map(each -> ((GatedAccumulator) each).accumulator())
                                .toList(),
                        context);
            }

            @Override
            public void close() {
                kernel.close();
            }
        };
    }

    @Override
    public void close() {
        device.close();
    }

    private record GatedAccumulator(Accumulator accumulator, ExecutionContext context, int columns)
            implements Accumulator {
        @Override
        public List<Batch> run(Stripe stripe) {
            ORDER.add(columns);
            WAITING.incrementAndGet();
            try {
                while (!open) {
                    context.stop().check();
                    LockSupport.parkNanos(1_000_000);
                }
            } finally {
                WAITING.decrementAndGet();
            }
            Supplier<? extends Throwable> broken = defect;
            if (broken != null) {
                throw sneaky(broken.get());
            }
            return accumulator.run(stripe);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
            throw (E) thrown;
        }

        @Override
        public List<Batch> finish() {
            return accumulator.finish();
        }

        @Override
        public void close() {
            ACCUMULATORS.decrementAndGet();
            if (closingFails) {
                throw new IllegalStateException("a defect for a test");
            }
            accumulator.close();
        }
    }
}
