package dev.aquifer.service.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceInfo;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Devices are closed once each, whatever goes wrong with the others. */
final class DeviceRegistryTest {
    private final List<String> closed = new ArrayList<>();

    private record Provider(String kind, int preference, Supplier<List<Device>> devices) implements DeviceProvider {
        @Override
        public List<Device> open() {
            return devices.get();
        }

        @Override
        public String unavailableReason() {
            return "none in this test";
        }
    }

    private Provider provider(String kind, int preference, boolean closes) {
        return new Provider(
                kind,
                preference,
                () -> List.of(new Device() {
                    @Override
                    public DeviceInfo info() {
                        return new DeviceInfo(kind, "a device for tests");
                    }

                    @Override
                    public Support check(Program program) {
                        throw new UnsupportedOperationException("a registry only opens and closes devices");
                    }

                    @Override
                    public Kernel compile(Program program) {
                        throw new UnsupportedOperationException("a registry only opens and closes devices");
                    }

                    @Override
                    public void close() {
                        closed.add(kind);
                        if (!closes) {
                            throw new IllegalStateException(kind + " does not close");
                        }
                    }
                }));
    }

    @Test
    void aProviderThatFailsLeavesNoDeviceOpen() {
        Provider fails = new Provider("b", 2, () -> {
            throw new IllegalStateException("a defect for a test");
        });
        assertThrows(
                IllegalStateException.class, () -> DeviceRegistry.open(List.of(provider("a", 1, true), fails), "auto"));
        assertEquals(List.of("a"), closed);
    }

    @Test
    void aStandardThatIsNotHereLeavesNoDeviceOpen() {
        AquiferException error = assertThrows(
                AquiferException.class, () -> DeviceRegistry.open(List.of(provider("a", 1, true)), "other"));
        assertEquals(ErrorCode.DEVICE_NOT_FOUND, error.code());
        assertEquals(List.of("a"), closed);
    }

    @Test
    void allAreClosedWhereOneFailsTo() {
        DeviceRegistry registry = DeviceRegistry.open(
                List.of(provider("a", 3, false), provider("b", 2, false), provider("c", 1, true)), "b");
        assertEquals("b", registry.preferred());
        IllegalStateException failure = assertThrows(IllegalStateException.class, registry::close);
        assertEquals(1, failure.getSuppressed().length);
        closed.sort(null);
        assertEquals(List.of("a", "b", "c"), closed);
        assertTrue(String.valueOf(failure.getMessage()).endsWith("does not close"));
    }
}
