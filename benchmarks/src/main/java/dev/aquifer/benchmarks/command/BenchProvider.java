package dev.aquifer.benchmarks.command;

import dev.aquifer.cli.command.CommandProvider;
import dev.aquifer.cli.config.Environment;
import java.util.concurrent.Callable;

/** Brings {@code aquifer bench}. */
public final class BenchProvider implements CommandProvider {
    @Override
    public Callable<Integer> command(Environment environment) {
        return new BenchCommand(environment);
    }
}
