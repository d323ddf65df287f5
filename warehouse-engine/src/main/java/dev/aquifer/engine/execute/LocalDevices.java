package dev.aquifer.engine.execute;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The devices in this process, best first. Thread-safe. */
public final class LocalDevices implements AutoCloseable {
    private final List<Device> devices;

    private LocalDevices(List<Device> devices) {
        this.devices = devices;
    }

    /** Opens every device of this process; the reference device is always among them. */
    public static LocalDevices open() {
        List<DeviceProvider> providers = new ArrayList<>();
        ServiceLoader.load(DeviceProvider.class).forEach(providers::add);
        providers.sort(Comparator.comparingInt(DeviceProvider::preference).reversed());
        List<Device> devices = new ArrayList<>();
        for (DeviceProvider provider : providers) {
            devices.addAll(provider.open());
        }
        return new LocalDevices(devices);
    }

    /**
     * The device for a program.
     *
     * @param name {@code auto} for the best one that can, or a device's name
     * @throws AquiferException DEVICE_NOT_FOUND or DEVICE_UNSUPPORTED where a device was named
     */
    Device choose(String name, Program program) {
        List<String> reasons = new ArrayList<>();
        for (Device device : devices) {
            if (!name.equals("auto") && !device.info().name().equals(name)) {
                continue;
            }
            Support support = device.check(program);
            if (support.supported()) {
                return device;
            }
            reasons.addAll(support.reasons());
        }
        if (reasons.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.DEVICE_NOT_FOUND,
                    "the engine has no device " + name + "; it has "
                            + devices.stream()
                                    .map(device -> device.info().name())
                                    .collect(Collectors.joining(", ")));
        }
        throw new AquiferException(
                ErrorCode.DEVICE_UNSUPPORTED, "the device " + name + " cannot run this: " + String.join("; ", reasons));
    }

    @Override
    public void close() {
        devices.forEach(Device::close);
    }
}
