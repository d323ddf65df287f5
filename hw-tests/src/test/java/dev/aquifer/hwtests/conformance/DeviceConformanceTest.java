package dev.aquifer.hwtests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance suite for every device of this machine. The reference against itself shows that it is deterministic,
 * whatever the encodings and accumulators.
 */
final class DeviceConformanceTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final int SHOWN_FAILURES = 5;

    @TestFactory
    Stream<DynamicTest> everyDeviceGivesWhatTheReferenceGives() {
        List<DynamicTest> tests = new ArrayList<>();
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            List<Device> devices = provider.open();
            if (devices.isEmpty()) {
                System.out.println("skipped: no " + provider.kind() + " device: " + provider.unavailableReason());
            }
            for (Device device : devices) {
                tests.add(DynamicTest.dynamicTest(device.info().name() + " seed " + SEED, () -> conforms(device)));
            }
        }
        assertTrue(tests.size() >= 1, "at least the reference device is always there");
        return tests.stream();
    }

    private static void conforms(Device device) {
        List<Line> failures = new ArrayList<>();
        List<Line> unsupported = new ArrayList<>();
        try (device;
                Device reference = new ReferenceDevice()) {
            // The reference against itself needs no more than a look.
            int fragments = device instanceof ReferenceDevice ? 100 : ConformanceSuite.FRAGMENTS;
            Report report = ConformanceSuite.run(device, reference, SEED, fragments, name -> true, line -> {
                switch (line.status()) {
                    case PASSED -> {
                        // Counted by the report.
                    }
                    case UNSUPPORTED -> unsupported.add(line);
                    case FAILED -> failures.add(line);
                }
            });
            System.out.println("conformance of " + device.info() + ": " + report);
            System.out.println("reached: " + report.coverage());
            report.coverage().lines().forEach(line -> System.out.println("  " + line));
            unsupported.forEach(line -> System.out.println("  " + line));
            StringBuilder text = new StringBuilder();
            failures.stream()
                    .limit(SHOWN_FAILURES)
                    .forEach(line -> text.append(line).append('\n'));
            failures.stream()
                    .skip(SHOWN_FAILURES)
                    .forEach(line -> text.append("also ").append(line.name()).append('\n'));
            assertEquals(0, report.failed(), report + "\n" + text);
            assertEquals(List.of(), report.coverage().missing());
            assertEquals(List.of(), report.coverage().holes());
        }
    }
}
