package dev.aquifer.cli.doctor;

import dev.aquifer.cli.output.ByteSize;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The JDK, its flags, cores and memory. */
final class JvmFindings {
    private static final int JDK = 25;

    private JvmFindings() {}

    static List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "JDK",
                Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home"),
                Runtime.version().feature() >= JDK));
        findings.add(Finding.well(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch")));
        findings.add(Finding.well("cores", String.valueOf(Runtime.getRuntime().availableProcessors())));
        findings.add(Finding.well("memory", memory()));
        findings.add(flag(
                "Vector API",
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                "--add-modules=jdk.incubator.vector"));
        findings.add(flag(
                "Arrow's access",
                Object.class.getModule().isOpen("java.nio", DoctorCommand.class.getModule()),
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        return findings;
    }

    private static String memory() {
        String heap = "heap up to " + ByteSize.text(Runtime.getRuntime().maxMemory());
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? ByteSize.text(system.getTotalMemorySize()) + ", " + ByteSize.text(system.getFreeMemorySize())
                        + " of it free, " + heap
                : heap;
    }

    private static Finding flag(String what, boolean on, String flag) {
        return on
                ? Finding.well(what, "on")
                : Finding.bad(what, "off: Java was started without " + flag + "; ./aquifer sets it");
    }
}
