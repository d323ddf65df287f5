package dev.aquifer.cli.command;

import dev.aquifer.cli.config.Environment;
import java.util.concurrent.Callable;

/**
 * Brings one command to {@code aquifer}. A module names its providers in {@code
 * META-INF/services/dev.aquifer.cli.command.CommandProvider}, and {@code ./aquifer} has its jar on the class path.
 */
public interface CommandProvider {
    /**
     * The command, for one run: a class with picocli's {@code @Command}, which gives it its name, its help and, where it
     * has them, its subcommands. Its result is the exit code; an {@link dev.aquifer.spi.error.AquiferException} becomes a
     * message and an exit code, as for every command.
     *
     * @param environment standard streams and variables; a command uses these and not those of the process
     */
    Callable<Integer> command(Environment environment);
}
