package dev.aquifer.cpu.device;

import dev.aquifer.cpu.vector.Lanes;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.primitive.Program;

/** This machine's processor, by its vector unit. It runs every program. */
final class CpuDevice implements Device {
    private final DeviceInfo info = new DeviceInfo("cpu", System.getProperty("os.arch") + ", " + Lanes.description());

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Support check(Program program) {
        return Support.YES;
    }

    @Override
    public Kernel compile(Program program) {
        return new CpuKernel(program);
    }

    @Override
    public void close() {
        // The processor stays.
    }
}
