package dev.aquifer.cli.demo;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.Folders;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.local.NodeFolder;
import dev.aquifer.cli.local.TpchTables;
import dev.aquifer.cli.output.ByteSize;
import dev.aquifer.cli.output.Durations;
import dev.aquifer.cli.output.ProgressReport;
import dev.aquifer.cli.output.TextTable;
import dev.aquifer.demo.s3.EmbeddedS3;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchUpload;
import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.lake.object.LakeConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** Shows, on this machine and from nothing, what pushing saves. */
@Command(
        name = "demo",
        description =
                "Puts TPC-H into an S3 server, starts a node and an engine, runs queries, and shows what pushing saved.",
        footer = {
            "",
            "Everything runs in this process and on 127.0.0.1. The generated tables are kept for the next time, all else is"
                    + " taken away.",
            "",
            "Examples:",
            "  aquifer demo",
            "  aquifer demo --scale 1"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String BUCKET = "lake";
    private static final String PREFIX = "tpch";

    private final Environment environment;

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            description = "The scale of TPC-H: 1 is 6,001,215 rows of lineitem. Default: 0.1.")
    private String scale = "0.1";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device that runs what is pushed. Default: auto.")
    private String device = "auto";

    @Mixin
    private final CacheOption cache = new CacheOption();

    /** Read by picocli only. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    public DemoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        BigDecimal size = TpchLake.scale(scale);
        PrintStream out = new PrintStream(environment.streams().out(), true, StandardCharsets.UTF_8);
        out.println("Aquifer: SQL over Parquet in S3, answered by scans that run beside the data.");
        out.println();
        long start = System.nanoTime();
        TpchLake tables = TpchTables.lake(environment, cache.folder(environment), size);
        try (NodeFolder folder = NodeFolder.claim(cache.folder(environment), "demo")) {
            // What an earlier demo left that was killed.
            Folders.empty(folder.path());
            Thread atEnd = Thread.ofPlatform().unstarted(() -> Folders.empty(folder.path()));
            Runtime.getRuntime().addShutdownHook(atEnd);
            try {
                boolean right = show(out, tables, folder.path());
                out.println("All of it took " + Durations.text(Duration.ofNanos(System.nanoTime() - start)) + ".");
                return right ? ErrorReport.DONE : ErrorReport.FAILED;
            } finally {
                Runtime.getRuntime().removeShutdownHook(atEnd);
                Folders.empty(folder.path());
            }
        }
    }

    private boolean show(PrintStream out, TpchLake tables, Path folder) throws IOException {
        try (EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"))) {
            LakeConfig lake = LakeConfig.defaults().withEndpoint(s3.endpoint(), s3.accessKey(), s3.secretKey());
            Map<String, String> locations = upload(out, tables, s3);
            try (DemoNode node = new DemoNode(lake, folder.resolve("ssd"))) {
                node.startCold();
                try (Engine engine =
                        Engine.open(EngineConfig.of(locations).withLake(lake).withNodes(List.of(node.address())))) {
                    out.println("One accelerator node listens on " + node.address()
                            + ", and one engine plans and asks it.");
                    out.println();
                    return run(out, tables.scale(), node, engine);
                }
            }
        }
    }

    private Map<String, String> upload(PrintStream out, TpchLake tables, EmbeddedS3 s3) throws IOException {
        long bytes = 0;
        for (Path file : tables.files()) {
            bytes += Files.size(file);
        }
        long start = System.nanoTime();
        try (S3Client client = s3.newClient();
                ProgressReport report = new ProgressReport(
                        environment.streams().err(),
                        environment.terminal().getAsBoolean(),
                        "Putting into S3",
                        "MiB",
                        1 << 20)) {
            Map<String, String> locations = TpchUpload.put(tables, client, BUCKET, PREFIX, report::at);
            out.println("TPC-H at scale " + tables.scale().toPlainString() + " is in S3: " + ByteSize.text(bytes)
                    + " of Parquet, " + tables.files().size() + " objects, put in "
                    + Durations.text(Duration.ofNanos(System.nanoTime() - start)) + ".");
            out.println("The S3 server is " + s3.endpoint() + ", and checks signatures.");
            return locations;
        }
    }

    private boolean run(PrintStream out, BigDecimal size, DemoNode node, Engine engine) throws IOException {
        DemoRunner runner = new DemoRunner(engine, device, node);
        runner.warmUp();
        List<List<String>> rows = new ArrayList<>();
        boolean right = true;
        int number = 0;
        for (Showcase showcase : Showcase.all(size)) {
            number++;
            out.println(number + ". " + showcase.title());
            out.println(showcase.sql().indent(4).stripTrailing());
            List<Lap> laps = runner.laps(showcase.sql());
            out.print(DemoRunner.answer(laps.getFirst()).indent(4));
            for (Lap lap : laps) {
                rows.add(lap.row(rows.size() % laps.size() == 0 ? number + " " + showcase.title() : ""));
            }
            if (laps.stream().map(Lap::answer).distinct().count() != 1) {
                right = false;
                out.println("   THE ANSWERS DIFFER:");
                laps.forEach(lap -> out.print((lap.name() + ":\n" + lap.answer()).indent(4)));
            }
            out.println();
        }
        out.println(TextTable.of(Lap.COLUMNS, Lap.RIGHT, rows));
        out.print(DemoText.legend(right));
        out.println(DemoText.next(size));
        return right;
    }
}
