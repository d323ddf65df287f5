package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.DeviceProvider;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The conformance suite on the CPU device of a JVM of its own, whose flags say how wide vectors are. Prints the device and the report;
 * exit status 0 where all is well, 1 where a case failed.
 */
final class CpuConformance {
    private static final int SHOWN_FAILURES = 3;

    private CpuConformance() {}

    /** @param args the seed, and how many random fragments to run */
    public static void main(String[] args) {
        List<Line> failures = new ArrayList<>();
        try (Device cpu = cpu();
                Device reference = new ReferenceDevice()) {
            System.out.println(cpu.info().description());
            Report report = ConformanceSuite.run(
                    cpu, reference, Long.parseLong(args[0]), Integer.parseInt(args[1]), name -> true, line -> {
                        if (line.status() == Line.Status.FAILED) {
                            failures.add(line);
                        }
                    });
            failures.stream().limit(SHOWN_FAILURES).forEach(System.out::println);
            System.out.println(report + "; reached " + report.coverage());
            report.coverage().holes().forEach(hole -> System.out.println("  not reached: " + hole));
            System.exit(report.ok() ? 0 : 1);
        }
    }

    private static Device cpu() {
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (provider.kind().equals("cpu")) {
                List<Device> devices = provider.open();
                if (devices.isEmpty()) {
                    throw new IllegalStateException(provider.unavailableReason());
                }
                return devices.getFirst();
            }
        }
        throw new IllegalStateException("no provider of cpu devices on the class path");
    }
}
