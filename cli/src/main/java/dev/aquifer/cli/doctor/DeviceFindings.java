package dev.aquifer.cli.doctor;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.error.AquiferException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The devices that fragments can run on, and why there are none of the other kinds. */
final class DeviceFindings {
    /** Kinds that Aquifer is designed for; this build may bring fewer. */
    private static final List<String> KINDS = List.of("cpu", "opencl", "vliw", "reference");

    private DeviceFindings() {}

    static List<Finding> find() {
        List<DeviceProvider> providers = new ArrayList<>();
        ServiceLoader.load(DeviceProvider.class).forEach(providers::add);
        providers.sort(Comparator.comparingInt(DeviceProvider::preference).reversed());
        List<Finding> findings = new ArrayList<>();
        for (DeviceProvider provider : providers) {
            findings.addAll(devices(provider));
        }
        for (String kind : KINDS) {
            if (providers.stream().noneMatch(provider -> provider.kind().equals(kind))) {
                findings.add(Finding.well("device " + kind, "none: not part of this build"));
            }
        }
        if (providers.isEmpty()) {
            findings.add(Finding.bad("devices", "none at all: nothing could run a fragment"));
        }
        return findings;
    }

    private static List<Finding> devices(DeviceProvider provider) {
        List<Device> devices;
        try {
            devices = provider.open();
        } catch (AquiferException e) {
            return List.of(Finding.bad("device " + provider.kind(), "does not open: " + e.getMessage()));
        }
        if (devices.isEmpty()) {
            return List.of(Finding.well("device " + provider.kind(), "none: " + provider.unavailableReason()));
        }
        List<Finding> findings = new ArrayList<>();
        for (Device device : devices) {
            findings.add(
                    Finding.well("device " + device.info().name(), device.info().description()));
            device.close();
        }
        return findings;
    }
}
