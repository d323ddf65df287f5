package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.util.function.UnaryOperator;

/** A device that is wrong in one way: the reference, running another program than it was given. */
public final class MutantDevice implements Device {
    private final Device reference = new ReferenceDevice();
    private final UnaryOperator<Program> mutation;

    public MutantDevice(UnaryOperator<Program> mutation) {
        this.mutation = mutation;
    }

    @Override
    public DeviceInfo info() {
        return new DeviceInfo("mutant", "wrong on purpose");
    }

    @Override
    public Support check(Program program) {
        return Support.YES;
    }

    @Override
    public Kernel compile(Program program) {
        return reference.compile(mutation.apply(program));
    }

    @Override
    public void close() {
        reference.close();
    }
}
