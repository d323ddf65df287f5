package dev.aquifer.benchmarks.command;

import dev.aquifer.benchmarks.device.Figures;
import dev.aquifer.benchmarks.device.Measurement;
import dev.aquifer.benchmarks.device.Pace;
import dev.aquifer.benchmarks.device.PrimitiveRun;
import dev.aquifer.benchmarks.device.PrimitivesPage;
import dev.aquifer.benchmarks.primitive.CaseFilter;
import dev.aquifer.benchmarks.primitive.Matrix;
import dev.aquifer.benchmarks.primitive.PrimitiveCase;
import dev.aquifer.benchmarks.report.Machine;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.cli.output.ProgressReport;
import dev.aquifer.service.place.DeviceRegistry;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.Device;
import dev.aquifer.spi.device.Support;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Single primitives on a device. */
@Command(
        name = "primitives",
        description =
                "Times single primitives on a device, by type, encoding and selectivity, over random blocks in memory.",
        sortOptions = false,
        footer = {
            "",
            "Each case runs in a JVM of its own (JMH), and its answer is held against the reference device before a time",
            "is taken. A value is a row that goes through the primitive. GB/s are encoded bytes of the columns that are",
            "read; memory GB/s is what memory gave to as many threads in the same run; caches give more. A filter's rows",
            "are counted, and of an expression's values the greatest is kept. All cases take some nine minutes.",
            "",
            "Examples:",
            "  aquifer bench primitives --quick",
            "  aquifer bench primitives --report primitives.html",
            "  aquifer bench primitives --primitive like --primitive regexp_like --encoding PLAIN",
            "  aquifer bench primitives --type DECIMAL --selectivity 0.1 --format json",
            "  aquifer bench primitives --device reference --quick --stripes 1"
        })
final class PrimitivesCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device to measure: cpu, reference, ... Default: cpu.")
    private String device = "cpu";

    @Option(
            names = "--primitive",
            paramLabel = "NAME",
            description =
                    "Only this primitive, such as sum, or like for all that begin so; may be given more than once.")
    private List<String> primitives = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only this type, such as INT64 or DECIMAL; may be given more than once.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Only this encoding, such as PACKED; may be given more than once.")
    private List<String> encodings = new ArrayList<>();

    @Option(
            names = "--selectivity",
            paramLabel = "SHARE",
            description = "Only filters that this share of the rows passes, such as 0.1; may be given more than once.")
    private List<Double> selectivities = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Shorter, and less exact; where nothing is chosen, one case of each kind in about a minute.")
    private boolean quick;

    @Option(names = "--threads", paramLabel = "N", description = "Threads, each over all rows. Default: 1.")
    private int threads = 1;

    @Option(names = "--stripes", paramLabel = "N", description = "Stripes of 65,536 rows each. Default: 64.")
    private int stripes = 64;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "JVMs for each case; 0 measures in this one, which is not exact. Default: 1.")
    private int forks = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of all random values. Default: another one each time.")
    private @Nullable Long seed;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, json or csv. Default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the figures as pictures, in HTML.")
    private @Nullable Path report;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    PrimitivesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 1 || stripes < 1 || forks < 0) {
            throw new AquiferException(
                    ErrorCode.USAGE,
                    "give a thread, a stripe and no fork or more, not " + threads + ", " + stripes + " and " + forks);
        }
        PrintStream err = environment.streams().err();
        List<PrimitiveCase> cases = supported(chosen(), err);
        // Short enough to be typed again.
        long chosenSeed = seed != null ? seed : ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
        err.println(cases.size() + " cases on " + device + ", seed " + chosenSeed);
        PrimitiveRun run = new PrimitiveRun(
                device, threads, stripes, chosenSeed, (quick ? Pace.QUICK : Pace.FULL).withForks(forks));
        List<Measurement> measurements;
        try (ProgressReport progress =
                new ProgressReport(err, environment.terminal().getAsBoolean(), "Measuring " + device, "cases", 1)) {
            measurements = run.measure(cases, done -> progress.at(done, cases.size()));
        }
        Path file = report;
        if (file != null) {
            String setting = "Device " + device + ", threads: " + threads + ", stripes of 65,536 rows in memory: "
                    + stripes + ", seed " + chosenSeed + ", answers compared first";
            Files.writeString(file, PrimitivesPage.of(measurements, List.of(setting, Machine.description())));
            err.println("pictures: " + file.toAbsolutePath());
        }
        environment.streams().out().write(Figures.of(measurements, format).getBytes(StandardCharsets.UTF_8));
        environment.streams().out().flush();
        return ErrorReport.DONE;
    }

    private List<PrimitiveCase> chosen() {
        CaseFilter filter = new CaseFilter(primitives, types, encodings, selectivities);
        return quick && filter.wantsAll() ? Matrix.overview() : filter.of(Matrix.all());
    }

    /** The cases that the device can run; of the others the reasons are told. */
    private List<PrimitiveCase> supported(List<PrimitiveCase> cases, PrintStream err) {
        List<PrimitiveCase> left = new ArrayList<>();
        try (DeviceRegistry devices = DeviceRegistry.open(DeviceRegistry.AUTO)) {
            Device subject = subject(devices);
            for (PrimitiveCase each : cases) {
                Support support =
                        subject.check(FragmentCompiler.compile(each.fragment()).program());
                if (support.supported()) {
                    left.add(each);
                } else {
                    err.println("left out: " + each.id() + ": " + String.join("; ", support.reasons()));
                }
            }
        }
        if (left.isEmpty()) {
            throw new AquiferException(ErrorCode.DEVICE_UNSUPPORTED, device + " can run none of these cases");
        }
        return left;
    }

    private Device subject(DeviceRegistry devices) {
        try {
            return devices.device(device);
        } catch (AquiferException e) {
            throw e.code() == ErrorCode.DEVICE_NOT_FOUND
                    ? new AquiferException(ErrorCode.USAGE, String.valueOf(e.getMessage()), e)
                    : e;
        }
    }
}
