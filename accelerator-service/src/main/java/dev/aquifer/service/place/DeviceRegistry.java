package dev.aquifer.service.place;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of this node, the most preferred first. Thread-safe. */
public final class DeviceRegistry implements AutoCloseable {
    /** What a request says that leaves the choice to the node. */
    public static final String AUTO = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(DeviceRegistry.class);

    private final List<Entry> entries;
    private final List<Placement.Refusal> absent;
    private final String standard;

    private record Entry(String kind, int preference, Device device) {
        String name() {
            return device.info().name();
        }
    }

    private DeviceRegistry(List<Entry> entries, List<Placement.Refusal> absent, String standard) {
        this.entries = entries;
        this.absent = absent;
        this.standard = standard;
    }

    /**
     * Opens every device that there is a provider for.
     *
     * @param standard the device for requests that name none, or {@link #AUTO}
     * @throws AquiferException DEVICE_NOT_FOUND if the standard device is not here
     */
    public static DeviceRegistry open(String standard) {
        return open(ServiceLoader.load(DeviceProvider.class), standard);
    }

    static DeviceRegistry open(Iterable<DeviceProvider> providers, String standard) {
        List<Entry> entries = new ArrayList<>();
        boolean usable = false;
        try {
            DeviceRegistry registry = open(providers, standard, entries);
            usable = true;
            return registry;
        } finally {
            if (!usable) {
                close(entries, 0);
            }
        }
    }

    private static DeviceRegistry open(Iterable<DeviceProvider> providers, String standard, List<Entry> entries) {
        List<Placement.Refusal> absent = new ArrayList<>();
        for (DeviceProvider provider : providers) {
            List<Device> devices = provider.open();
            for (Device device : devices) {
                entries.add(new Entry(provider.kind(), provider.preference(), device));
            }
            if (devices.isEmpty()) {
                absent.add(new Placement.Refusal(provider.kind(), List.of(provider.unavailableReason())));
            }
        }
        if (entries.isEmpty()) {
            throw new AquiferException(ErrorCode.DEVICE_NOT_FOUND, "there is no device on this node");
        }
        entries.sort(Comparator.comparingInt(Entry::preference).reversed().thenComparing(Entry::name));
        DeviceRegistry registry = new DeviceRegistry(List.copyOf(entries), List.copyOf(absent), standard);
        if (!isAuto(standard)) {
            registry.named(standard);
        }
        return registry;
    }

    private static boolean isAuto(String name) {
        return name.isEmpty() || name.equals(AUTO);
    }

    public List<DeviceInfo> devices() {
        return entries.stream().map(entry -> entry.device.info()).toList();
    }

    /** The device that is tried first where a request names none. */
    public String preferred() {
        return first().name();
    }

    private Entry first() {
        return isAuto(standard) ? entries.getFirst() : named(standard);
    }

    /**
     * One of the devices; it is closed with all others.
     *
     * @param name a device's name or kind, or empty or {@link #AUTO} for the preferred one
     * @throws AquiferException DEVICE_NOT_FOUND where it is not here, with those that are
     */
    public Device device(String name) {
        return (isAuto(name) ? first() : named(name)).device;
    }

    /**
     * Chooses the device for a program.
     *
     * @param name a device's name or kind, or empty or {@link #AUTO} for the node's choice
     * @throws AquiferException DEVICE_NOT_FOUND, or DEVICE_UNSUPPORTED with the reasons, where a device is named or no
     *     device can run the program
     */
    public Placement place(String name, Program program) {
        if (!isAuto(name)) {
            return only(named(name), program, "asked for by name");
        }
        if (!isAuto(standard)) {
            return only(named(standard), program, "the node's standard device");
        }
        List<Placement.Refusal> refused = new ArrayList<>();
        for (Entry entry : entries) {
            Support support = entry.device.check(program);
            if (support.supported()) {
                List<String> reasons = List.of(
                        refused.isEmpty()
                                ? "most preferred of the devices of this node"
                                : "most preferred of the devices that can run it");
                others(entry, refused, entry.name() + " is preferred");
                return new Placement(entry.device, reasons, refused);
            }
            refused.add(new Placement.Refusal(entry.name(), support.reasons()));
        }
        List<String> all = refused.stream()
                .map(refusal -> refusal.device() + ": " + String.join("; ", refusal.reasons()))
                .toList();
        throw new AquiferException(
                ErrorCode.DEVICE_UNSUPPORTED, "no device of this node can run it: " + String.join(" | ", all));
    }

    private Placement only(Entry entry, Program program, String reason) {
        Support support = entry.device.check(program);
        if (!support.supported()) {
            throw new AquiferException(
                    ErrorCode.DEVICE_UNSUPPORTED,
                    "device " + entry.name() + " cannot run it: " + String.join("; ", support.reasons()));
        }
        List<Placement.Refusal> refused = new ArrayList<>();
        others(entry, refused, "not asked: " + entry.name() + " is " + reason);
        return new Placement(entry.device, List.of(reason), refused);
    }

    /** Adds those that have no refusal yet. */
    private void others(Entry chosen, List<Placement.Refusal> refused, String reason) {
        for (Entry entry : entries) {
            boolean told = refused.stream().anyMatch(refusal -> refusal.device().equals(entry.name()));
            if (!told && !entry.equals(chosen)) {
                refused.add(new Placement.Refusal(entry.name(), List.of(reason)));
            }
        }
        refused.addAll(absent);
    }

    private Entry named(String name) {
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        for (Entry entry : entries) {
            if (entry.kind.equals(name)) {
                return entry;
            }
        }
        for (Placement.Refusal kind : absent) {
            if (kind.device().equals(name)) {
                throw new AquiferException(
                        ErrorCode.DEVICE_NOT_FOUND,
                        "no " + name + " device on this node: " + String.join("; ", kind.reasons()));
            }
        }
        throw new AquiferException(
                ErrorCode.DEVICE_NOT_FOUND,
                "no device '" + name + "' on this node; there are: "
                        + String.join(", ", entries.stream().map(Entry::name).toList()));
    }

    @Override
    public void close() {
        close(entries, 0);
    }

    /** Closes all from one on, also where one fails to. */
    private static void close(List<Entry> entries, int first) {
        if (first < entries.size()) {
            try (Device device = entries.get(first).device) {
                LOG.debug("closing device {}", device.info().name());
                close(entries, first + 1);
            }
        }
    }
}
