package dev.aquifer.cli.demo;

import dev.aquifer.cli.config.CacheOption;
import dev.aquifer.cli.config.Folders;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The demo's node, on a port of the loopback address that stays the same when the node is started again. */
final class DemoNode implements AutoCloseable {
    private static final long SSD_BYTES = 4L << 30;

    private final LakeConfig lake;
    private final Path ssd;
    private int port;
    private @Nullable NodeServer server;

    DemoNode(LakeConfig lake, Path ssd) {
        this.lake = lake;
        this.ssd = ssd;
    }

    /** Starts the node on an SSD that has nothing on it. */
    void startCold() {
        close();
        Folders.delete(ssd);
        start();
    }

    /** Stops the node and starts it: what it had in memory is gone, what it had on SSD is not. */
    void restart() {
        close();
        start();
    }

    private void start() {
        NodeServer started = NodeServer.start(NodeConfig.defaults()
                .withAddress("127.0.0.1", port)
                .withLake(lake)
                .withSsd(Folders.make(ssd, CacheOption.CHOICE), SSD_BYTES));
        port = started.port();
        server = started;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        NodeServer running = server;
        if (running != null) {
            server = null;
            running.close();
        }
    }
}
