package dev.aquifer.cli.local;

import dev.aquifer.cli.config.Environment;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.SessionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What sessions of an engine begin with: what is pushed, to which device, and who asks the nodes. */
public final class PushOptions {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device that runs what is pushed: auto, cpu, reference, ... Default: auto.")
    private String device = "auto";

    @Option(
            names = "--pushdown",
            paramLabel = "WHERE",
            description =
                    "auto: where it costs less; on: always; off: never, the engine fetches the columns. Default: auto.")
    private Pushdown pushdown = Pushdown.AUTO;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The token for the nodes, where a client brings none of its own. Better in the environment: AQUIFER_TOKEN.")
    private @Nullable String token;

    public boolean pushes() {
        return pushdown != Pushdown.OFF;
    }

    /** The session's options; the token is the option, else the environment's. */
    public SessionOptions session(Environment environment) {
        String given = token != null ? token : environment.variable("AQUIFER_TOKEN");
        return new SessionOptions(device, pushdown, given.isEmpty() ? null : given);
    }
}
