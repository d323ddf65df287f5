package dev.aquifer.cli.local;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.service.server.NodeConfig;
import java.nio.file.Path;
import java.util.List;

/** An engine in this process, over nodes elsewhere, a node in this process, or none. */
public final class LocalStack implements AutoCloseable {
    private static final int LEAST_READERS = 8;

    private final Engine engine;
    private final Runnable below;

    private LocalStack(Engine engine, Runnable below) {
        this.engine = engine;
        this.below = below;
    }

    /**
     * An engine over the nodes that are named; where none are, over one of its own if something could be pushed to it.
     *
     * @param pushes whether anything is pushed at all
     * @param cache where a node of its own keeps its blocks
     */
    public static LocalStack open(EngineConfig config, List<String> nodes, boolean pushes, Path cache) {
        return nodes.isEmpty() && pushes && !config.tables().isEmpty()
                ? withNode(config, cache)
                : new LocalStack(Engine.open(config.withNodes(nodes)), () -> {});
    }

    /** An engine, and a node that keeps its blocks in a folder below {@code cache} from one process to the next. */
    public static LocalStack withNode(EngineConfig config, Path cache) {
        NodeFolder folder = NodeFolder.claim(cache, "node");
        boolean open = false;
        try {
            LocalNode node = LocalNode.start(NodeConfig.defaults()
                    .withLake(config.lake())
                    .withThreads(config.threads(), Math.max(LEAST_READERS, 2 * config.threads()))
                    .withSsd(folder.path(), NodeFolder.suitableBytes(folder.path())));
            try {
                Engine engine = Engine.open(config.withNodes(List.of(node.address())));
                open = true;
                return new LocalStack(engine, () -> {
                    node.close();
                    folder.close();
                });
            } finally {
                if (!open) {
                    node.close();
                }
            }
        } finally {
            if (!open) {
                folder.close();
            }
        }
    }

    public Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        below.run();
    }
}
