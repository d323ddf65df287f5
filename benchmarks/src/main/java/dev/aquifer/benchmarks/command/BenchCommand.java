package dev.aquifer.benchmarks.command;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.cli.config.StandardOptions;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aquifer bench}: nothing but its subcommands. */
@Command(
        name = "bench",
        description =
                "Measures Aquifer: whole queries against another engine, what more threads gain, single primitives on a"
                        + " device, and the smallest questions.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  aquifer bench queries --scale 1 --threads 2 --against duckdb",
            "  aquifer bench scaling --scale 1 --threads 2",
            "  aquifer bench primitives --quick",
            "  aquifer bench latency"
        })
final class BenchCommand implements Callable<Integer> {
    private @Nullable CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StandardOptions standard = new StandardOptions();

    private final Environment environment;

    BenchCommand(Environment environment) {
        this.environment = environment;
    }

    /** Picocli gives the spec, to which the subcommands are added: they need the environment too. */
    @Spec
    void spec(CommandSpec given) {
        spec = given;
        given.addSubcommand("queries", CommandSpec.forAnnotatedObject(new QueriesCommand(environment)));
        given.addSubcommand("scaling", CommandSpec.forAnnotatedObject(new ScalingCommand(environment)));
        given.addSubcommand("primitives", CommandSpec.forAnnotatedObject(new PrimitivesCommand(environment)));
        given.addSubcommand("latency", CommandSpec.forAnnotatedObject(new LatencyCommand(environment)));
    }

    @Override
    public Integer call() {
        CommandSpec known = spec;
        throw new AquiferException(
                ErrorCode.USAGE,
                "a command is missing: "
                        + (known == null
                                ? ""
                                : String.join(", ", known.subcommands().keySet())));
    }
}
