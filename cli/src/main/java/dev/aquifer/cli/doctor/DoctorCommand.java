package dev.aquifer.cli.doctor;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what this machine has: one line a finding, and at the end what stands in the way, if anything does. */
@Command(
        name = "doctor",
        description = "Shows what this machine has: JDK, vector width, devices, disk and memory rates.",
        footer = {"", "Takes a few seconds, and writes up to 256 MiB to the cache folder, which it takes away again."})
public final class DoctorCommand implements Callable<Integer> {
    private final Environment environment;

    /** Read by picocli only. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "The folder whose disk is measured. Default: $$AQUIFER_CACHE, else ~/.cache/aquifer.")
    private @Nullable String cacheDir;

    public DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(environment.streams().out(), false, StandardCharsets.UTF_8);
        boolean well = print(out, JvmFindings.find());
        well &= print(out, DeviceFindings.find());
        well &= print(out, MemoryRate.find());
        well &= print(out, DiskRate.find(folder()));
        out.println();
        out.println(
                well
                        ? "Everything that Aquifer needs is here."
                        : "What is marked with ! keeps Aquifer from working as it should.");
        out.flush();
        return well ? ErrorReport.DONE : ErrorReport.FAILED;
    }

    private Path folder() {
        String given = cacheDir;
        if (given == null) {
            return Folders.cache(environment);
        }
        try {
            return Path.of(given).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new AquiferException(ErrorCode.USAGE, "\"" + given + "\" is not a path: " + e.getReason(), e);
        }
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
