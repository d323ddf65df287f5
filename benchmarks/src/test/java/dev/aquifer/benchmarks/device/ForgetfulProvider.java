package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import java.util.List;

/** Brings a device that is wrong; nobody gets it who does not ask for it by name. */
public final class ForgetfulProvider implements DeviceProvider {
    static final String KIND = "forgetful";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public List<Device> open() {
        return List.of(new ForgetfulDevice());
    }

    @Override
    public String unavailableReason() {
        return "";
    }
}
