package dev.aquifer.cli.main;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aquifer} without a command. */
@Command(
        name = "aquifer",
        description = "Computational storage for SQL: scans, filters and aggregations run beside the data.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  aquifer demo",
            "  aquifer sql --tpch 0.1",
            "  aquifer sql --table flights=flights.parquet -e \"select count(*) from flights\""
        })
final class RootCommand implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable")
    private boolean version;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("picocli gives the spec");
        }
        CommandLine command = known.commandLine();
        throw new ParameterException(
                command,
                "a command is missing: "
                        + String.join(", ", command.getSubcommands().keySet()));
    }
}
