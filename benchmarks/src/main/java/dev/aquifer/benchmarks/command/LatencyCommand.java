package dev.aquifer.benchmarks.command;

import dev.aquifer.benchmarks.latency.Latency;
import dev.aquifer.benchmarks.latency.LatencyFigures;
import dev.aquifer.benchmarks.latency.LatencyRun;
import dev.aquifer.benchmarks.latency.WayName;
import dev.aquifer.benchmarks.report.Machine;
import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.cli.local.TpchTables;
import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The smallest questions. */
@Command(
        name = "latency",
        description = "Times the smallest questions: what a call costs that computes next to nothing.",
        sortOptions = false,
        footer = {
            "",
            "How many nations has a region? One client asks again and again, over hot blocks; 25 rows are read. Ways to ask:",
            "  fragment      no SQL: a fragment goes straight to a node, over gRPC on 127.0.0.1",
            "  prepared      a statement that was prepared once; engine and node in this process",
            "  prepared-new  the same, with values of its parameters that are new each time",
            "  prepared-tcp  as prepared, the node over gRPC on 127.0.0.1",
            "  jdbc          as prepared-tcp, through the JDBC driver to an engine on 127.0.0.1",
            "  text          the statement's text, the same each time; engine and node in this process",
            "  text-new      the same, with a text that is new each time",
            "All ways are warmed up before one is timed, and every answer is checked. Times are from the question to the end",
            "of the answer.",
            "",
            "Examples:",
            "  aquifer bench latency",
            "  aquifer bench latency --runs 20000 --format json",
            "  aquifer bench latency --way prepared --way prepared-tcp"
        })
final class LatencyCommand implements Callable<Integer> {
    /** The table that is asked has the same rows at each scale. */
    private static final BigDecimal SCALE = new BigDecimal("0.01");

    private final Environment environment;

    @Option(
            names = "--way",
            paramLabel = "NAME",
            description = "Only this way to ask; may be given more than once. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "N", description = "Timed questions by each way. Default: 5000.")
    private int runs = 5_000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Questions by each way before one is timed; with few, times are those of code that is not"
                    + " compiled yet. Default: 10000.")
    private int warmUps = 10_000;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, json or csv. Default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Mixin
    private final CacheOption cache = new CacheOption();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    LatencyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (runs < 1 || warmUps < 0) {
            throw new AquiferException(
                    ErrorCode.USAGE, "give a run or more and no warm-up or more, not " + runs + " and " + warmUps);
        }
        List<WayName> ways = WayName.chosen(names);
        TpchLake lake = TpchTables.lake(environment, cache.folder(environment), SCALE);
        Path nation = lake.tables().get("nation");
        if (nation == null) {
            throw new IllegalStateException("TPC-H has a table nation");
        }
        PrintStream err = environment.streams().err();
        List<Latency> latencies = new LatencyRun(warmUps, runs, err::println).measure(ways, nation.toString());
        err.println(Machine.description());
        environment.streams().out().write(LatencyFigures.of(latencies, format).getBytes(StandardCharsets.UTF_8));
        environment.streams().out().flush();
        return ErrorReport.DONE;
    }
}
