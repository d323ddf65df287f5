package dev.aquifer.cli.config;

import dev.aquifer.protocol.status.Listening;
import picocli.CommandLine.Option;

/** Where a command that serves listens. */
public final class ListenOptions {
    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int port;

    /** @param port where the command listens unless told otherwise */
    public ListenOptions(int port) {
        this.port = port;
    }

    public String bind() {
        return bind;
    }

    /**
     * How clients reach a server that listens here.
     *
     * @param bound the port that it got
     */
    public String address(int bound) {
        return Listening.address(bind, bound);
    }

    public int port() {
        return port;
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return Listening.isLoopback(bind);
    }
}
