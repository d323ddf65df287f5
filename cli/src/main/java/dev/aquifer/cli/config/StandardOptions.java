package dev.aquifer.cli.config;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class StandardOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // read by picocli only
    private boolean help;

    @Option(names = "--debug", description = "Show stack traces of errors.")
    private boolean debug;

    public boolean debug() {
        return debug;
    }
}
