package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.util.List;

/** The reference device, but that it forgets the first stripe. */
final class ForgetfulDevice implements Device {
    private final Device right = new ReferenceDevice();

    @Override
    public DeviceInfo info() {
        return new DeviceInfo(ForgetfulProvider.KIND, "wrong, for tests");
    }

    @Override
    public Support check(Program program) {
        return right.check(program);
    }

    @Override
    public Kernel compile(Program program) {
        return new ForgetfulKernel(right.compile(program));
    }

    @Override
    public void close() {
        right.close();
    }

    private record ForgetfulKernel(Kernel right) implements Kernel {
        @Override
        public Program program() {
            return right.program();
        }

        @Override
        public Accumulator open(List<Argument> arguments, ExecutionContext context) {
            return new ForgetfulAccumulator(right.open(arguments, context));
        }

        @Override
        public List<Batch> combine(List<? extends Accumulator> accumulators, ExecutionContext context) {
            return right.combine(
                    accumulators.stream()
                            .map(each -> ((ForgetfulAccumulator) each).right())
                            .toList(),
                    context);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    private record ForgetfulAccumulator(Accumulator right) implements Accumulator {
        @Override
        public List<Batch> run(Stripe stripe) {
            return stripe.ordinal() == 0 ? List.of() : right.run(stripe);
        }

        @Override
        public List<Batch> finish() {
            return right.finish();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
