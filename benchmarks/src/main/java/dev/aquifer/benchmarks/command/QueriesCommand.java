package dev.aquifer.benchmarks.command;

import dev.aquifer.benchmarks.compare.Comparison;
import dev.aquifer.benchmarks.compare.HtmlReport;
import dev.aquifer.benchmarks.compare.Measured;
import dev.aquifer.benchmarks.compare.Report;
import dev.aquifer.benchmarks.report.Machine;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whole queries against another engine. */
@Command(
        name = "queries",
        description = "Times whole queries, hot and cold, against another engine on the same data and threads.",
        sortOptions = false,
        footer = {
            "",
            "Each answer is compared before a time is taken. The two engines take turns, hot and cold, and rest before each",
            "run; medians are shown. Cold runs find nothing cached, but code that is compiled.",
            "ratio is the other engine's time divided by Aquifer's.",
            "",
            "Examples:",
            "  aquifer bench queries --scale 1 --threads 2 --against duckdb",
            "  aquifer bench queries --scale 10 --threads 2 --against duckdb --format json",
            "  aquifer bench queries --scale 1 --report bench.html",
            "  aquifer bench queries --scale 1 --query q6 --query like --runs 21"
        })
final class QueriesCommand implements Callable<Integer> {
    private enum Against {
        DUCKDB
    }

    private final Environment environment;

    @Mixin
    private final Questions questions = new Questions();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each engine. Default: all cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--against", paramLabel = "ENGINE", description = "The other engine: duckdb. Default: duckdb.")
    @SuppressWarnings("UnusedVariable")
    private Against against = Against.DUCKDB;

    @Option(names = "--runs", paramLabel = "N", description = "Hot runs of each engine, 7 or more. Default: 7.")
    private int runs = 7;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the figures as pictures, in HTML.")
    private @Nullable Path report;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    QueriesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 1 || runs < 7) {
            throw new AquiferException(
                    ErrorCode.USAGE, "give a thread or more and seven runs or more, not " + threads + " and " + runs);
        }
        PrintStream err = environment.streams().err();
        Questions.Chosen chosen = questions.open(environment);
        List<Measured> results = new Comparison(chosen.lineitem(), chosen.folder(), threads, runs, err::println)
                .run(chosen.queries(), chosen.scale());
        Path file = report;
        if (file != null) {
            String setting = "TPC-H at scale " + chosen.scale() + ", " + threads + " threads each, " + runs
                    + " hot runs in turns, answers compared first";
            Files.writeString(file, HtmlReport.of(results, setting, Machine.description()));
            err.println("pictures: " + file.toAbsolutePath());
        }
        questions.show(environment, Report.table(results), Report.json(results));
        return ErrorReport.DONE;
    }
}
