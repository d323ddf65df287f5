package dev.aquifer.benchmarks.command;

import dev.aquifer.benchmarks.compare.Scaled;
import dev.aquifer.benchmarks.compare.Scaling;
import dev.aquifer.benchmarks.compare.ScalingReport;
import dev.aquifer.benchmarks.report.Machine;
import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.ErrorReport;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What more threads gain. */
@Command(
        name = "scaling",
        description = "Times whole queries by a node of one thread and a node of several, in turns.",
        sortOptions = false,
        footer = {
            "",
            "Both nodes are hot and their answers are compared first. In each turn memory is read too, by one thread and by",
            "several; medians of all rounds are shown. ratio is the time of one thread divided by that of several, memory",
            "ratio the same for a loop that only reads: what the machine allows.",
            "",
            "Examples:",
            "  aquifer bench scaling --scale 1 --threads 2",
            "  aquifer bench scaling --scale 10 --query q6 --query in --rounds 8"
        })
final class ScalingCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private final Questions questions = new Questions();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the node of several. Default: all cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often both nodes are opened, the other one first each time. Default: 4.")
    private int rounds = 4;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Timed runs of each node in each round, 7 or more. Default: 15.")
    private int runs = 15;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    ScalingCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 2 || rounds < 1 || runs < 7) {
            throw new AquiferException(
                    ErrorCode.USAGE,
                    "give two threads or more, a round or more and seven runs or more, not " + threads + ", " + rounds
                            + " and " + runs);
        }
        PrintStream err = environment.streams().err();
        Questions.Chosen chosen = questions.open(environment);
        List<Scaled> results = new Scaling(chosen.lineitem(), chosen.folder(), threads, rounds, runs, err::println)
                .run(chosen.queries());
        err.println(Machine.description());
        questions.show(environment, ScalingReport.table(results, threads), ScalingReport.json(results));
        return ErrorReport.DONE;
    }
}
