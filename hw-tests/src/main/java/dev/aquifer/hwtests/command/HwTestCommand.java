package dev.aquifer.hwtests.command;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.output.Durations;
import dev.aquifer.cli.output.ProgressReport;
import dev.aquifer.hwtests.conformance.ConformanceSuite;
import dev.aquifer.hwtests.conformance.Report;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.reference.ReferenceDevice;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds a device of this machine against the reference device, and says where it differs. */
@Command(
        name = "hwtest",
        description = "Runs the conformance suite on a device: does it give the reference device's bits?",
        sortOptions = false,
        footer = {
            "",
            "Needs no data and no network. Ends with 1 where a case fails, and shows it made small; the seed that is",
            "printed makes the same cases again.",
            "",
            "Examples:",
            "  aquifer hwtest --device cpu",
            "  aquifer hwtest --device cpu --seed 42 --case LIKE",
            "  aquifer hwtest --device cpu --fragments 10000"
        })
final class HwTestCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device to test: cpu, reference, ... Default: auto, the one that a node would choose.")
    private String device = DeviceRegistry.AUTO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of all random choices. Default: another one each time.")
    private @Nullable Long seed;

    @Option(
            names = "--fragments",
            paramLabel = "N",
            description = "How many random fragments to run. Default: " + ConformanceSuite.FRAGMENTS + ".")
    private int fragments = ConformanceSuite.FRAGMENTS;

    @Option(
            names = "--case",
            paramLabel = "TEXT",
            description = "Only the cases whose name begins so, such as LIKE, SUM or \"fragment 17\".")
    private String only = "";

    /** Read by picocli only. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    HwTestCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (fragments < 0) {
            throw new AquiferException(ErrorCode.USAGE, "--fragments " + fragments + " is less than none");
        }
        try (DeviceRegistry devices = DeviceRegistry.open(DeviceRegistry.AUTO)) {
            return test(devices.device(device));
        }
    }

    /** Tests one device, which stays open; gives the exit code. */
    int test(Device subject) {
        Predicate<String> wanted = name -> name.startsWith(only);
        int cases = ConformanceSuite.count(subject, fragments, wanted);
        if (cases == 0) {
            throw new AquiferException(
                    ErrorCode.USAGE, "no case begins with \"" + only + "\"; LIKE, CAST, SUM and TOP are some that do");
        }
        // Short enough to be typed again.
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
        PrintStream out = new PrintStream(environment.streams().out(), true, StandardCharsets.UTF_8);
        out.println("Conformance of " + subject.info().name() + " ("
                + subject.info().description() + "), " + cases + " cases, seed " + chosen + ".");
        Summary summary = new Summary();
        long start = System.nanoTime();
        Report report;
        try (Device reference = new ReferenceDevice();
                ProgressReport progress = new ProgressReport(
                        environment.streams().err(),
                        environment.terminal().getAsBoolean(),
                        "Testing " + subject.info().name(),
                        "cases",
                        1)) {
            report = ConformanceSuite.run(subject, reference, chosen, fragments, wanted, line -> {
                summary.add(line);
                progress.at(summary.cases(), cases);
            });
        }
        out.println();
        out.print(summary.text());
        out.println();
        out.println(verdict(subject, report) + " It took " + Durations.text(Duration.ofNanos(System.nanoTime() - start))
                + ".");
        return report.ok() ? ErrorReport.DONE : ErrorReport.FAILED;
    }

    private static String verdict(Device subject, Report report) {
        String name = subject.info().name();
        int cases = report.passed() + report.unsupported() + report.failed();
        if (!report.ok()) {
            return report.failed() + " of " + cases + " cases fail on " + name + ".";
        }
        return report.passed() == 0
                ? name + " supports none of these cases."
                : name + " gives the reference device's bits in all " + report.passed() + " cases that it supports.";
    }
}
