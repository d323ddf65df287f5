package dev.aquifer.service.main;

import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import java.io.PrintStream;

/** Runs one node until the process is told to end (SIGTERM, SIGINT), then drains it. */
public final class NodeMain {
    private NodeMain() {}

    /**
     * Starts a node and returns when it has ended.
     *
     * @param out gets the line {@code aquifer node listening on HOST:PORT} once the node takes calls
     */
    public static void run(NodeConfig config, PrintStream out) throws InterruptedException {
        NodeServer node = NodeServer.start(config);
        Thread drain = new Thread(node::close, "aquifer-drain");
        Runtime.getRuntime().addShutdownHook(drain);
        out.println("aquifer node listening on " + node.address());
        out.flush();
        node.awaitTermination();
    }
}
