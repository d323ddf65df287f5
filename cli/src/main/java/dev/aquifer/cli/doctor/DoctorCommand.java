package dev.aquifer.cli.doctor;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.StandardOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what this machine has: one line a finding, and at the end what stands in the way, if anything does. */
@Command(
        name = "doctor",
        description = "Shows what this machine has: JDK, vector width, devices, disk and memory rates.",
        footer = {
            "",
            "Takes a few seconds, and writes up to 256 MiB to the cache folder, which it takes away again.",
            "",
            "Examples:",
            "  aquifer doctor",
            "  aquifer doctor --cache-dir /mnt/nvme/aquifer"
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Environment environment;

    /** Read by picocli only. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final CacheOption cache = new CacheOption();

    public DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(environment.streams().out(), false, StandardCharsets.UTF_8);
        boolean well = print(out, JvmFindings.find());
        well &= print(out, DeviceFindings.find());
        well &= print(out, MemoryRate.find());
        well &= print(out, DiskRate.find(cache.folder(environment)));
        out.println();
        out.println(
                well
                        ? "Everything that Aquifer needs is here."
                        : "What is marked with ! keeps Aquifer from working as it should.");
        out.flush();
        return well ? ErrorReport.DONE : ErrorReport.FAILED;
    }

    private static boolean print(PrintStream out, List<Finding> findings) {
        boolean well = true;
        for (Finding finding : findings) {
            out.printf("%s %-18s %s%n", finding.well() ? " " : "!", finding.what(), finding.found());
            well &= finding.well();
        }
        out.flush();
        return well;
    }
}
