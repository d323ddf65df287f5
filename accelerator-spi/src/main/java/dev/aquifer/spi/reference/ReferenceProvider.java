package dev.aquifer.spi.reference;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import java.util.List;

/** There is one reference device, everywhere. */
public final class ReferenceProvider implements DeviceProvider {
    @Override
    public String kind() {
        return "reference";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public List<Device> open() {
        return List.of(new ReferenceDevice());
    }

    @Override
    public String unavailableReason() {
        return "";
    }
}
