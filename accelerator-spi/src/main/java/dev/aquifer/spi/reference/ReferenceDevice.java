package dev.aquifer.spi.reference;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.primitive.Program;

/** Runs every program, one row at a time: slow, plain, and by definition right. */
public final class ReferenceDevice implements Device {
    private static final DeviceInfo INFO =
            new DeviceInfo("reference", "scalar reference, one row at a time on the JVM");

    @Override
    public DeviceInfo info() {
        return INFO;
    }

    @Override
    public Support check(Program program) {
        return Support.YES;
    }

    @Override
    public Kernel compile(Program program) {
        return new ReferenceKernel(program);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
