package dev.aquifer.cpu.device;

import dev.aquifer.cpu.vector.Lanes;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import java.util.List;

/** Finds the CPU device, where the machine has a vector unit that the JDK uses. */
public final class CpuDeviceProvider implements DeviceProvider {
    /** Narrower vectors are emulated, object by object, and slower than the reference. */
    private static final int LEAST_BITS = 128;

    private static final String MODULE = "jdk.incubator.vector";

    @Override
    public String kind() {
        return "cpu";
    }

    @Override
    public int preference() {
        return 100;
    }

    @Override
    public List<Device> open() {
        return unavailableReason().isEmpty() ? List.of(new CpuDevice()) : List.of();
    }

    @Override
    public String unavailableReason() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "the JVM was started without --add-modules " + MODULE;
        }
        return Lanes.bits() >= LEAST_BITS
                ? ""
                : "the JDK has no vector instructions for this machine (" + Lanes.description() + ")";
    }
}
