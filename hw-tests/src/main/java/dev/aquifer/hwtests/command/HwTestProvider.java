package dev.aquifer.hwtests.command;

import dev.aquifer.cli.command.CommandProvider;
import dev.aquifer.cli.config.Environment;
import java.util.concurrent.Callable;

/** Brings {@code aquifer hwtest}. */
public final class HwTestProvider implements CommandProvider {
    @Override
    public Callable<Integer> command(Environment environment) {
        return new HwTestCommand(environment);
    }
}
