package dev.aquifer.cli.local;

import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import java.util.UUID;

/** A node that is reached within this process only. */
public final class LocalNode implements AutoCloseable {
    private final NodeServer server;
    private final String name;

    private LocalNode(NodeServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Starts a node; where it listens is replaced by a name of its own. */
    public static LocalNode start(NodeConfig config) {
        String name = "node-" + UUID.randomUUID();
        return new LocalNode(NodeServer.start(config.inProcess(name)), name);
    }

    /** What an engine's configuration calls it. */
    public String address() {
        return "inprocess:" + name;
    }

    @Override
    public void close() {
        server.close();
    }
}
