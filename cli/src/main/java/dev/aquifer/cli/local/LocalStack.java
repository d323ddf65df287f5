package dev.aquifer.cli.local;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.service.server.NodeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An engine in this process, over nodes elsewhere, a node in this process, or none. */
public final class LocalStack implements AutoCloseable {
    private final Engine engine;
    private final Runnable below;

    private LocalStack(Engine engine, Runnable below) {
        this.engine = engine;
        this.below = below;
    }

    /** An engine over nodes elsewhere. */
    public static LocalStack over(Map<String, String> tables, LakeConfig lake, List<String> nodes) {
        return new LocalStack(Engine.open(EngineConfig.of(tables).withLake(lake).withNodes(nodes)), () -> {});
    }

    /** An engine and a node, which keeps its blocks in a folder below {@code cache} from one process to the next. */
    public static LocalStack withNode(Map<String, String> tables, LakeConfig lake, Path cache) {
        NodeFolder folder = NodeFolder.claim(cache, "node");
        boolean open = false;
        try {
            LocalNode node = LocalNode.start(NodeConfig.defaults()
                    .withLake(lake)
                    .withSsd(folder.path(), NodeFolder.suitableBytes(folder.path())));
            try {
                Engine engine =
                        Engine.open(EngineConfig.of(tables).withLake(lake).withNodes(List.of(node.address())));
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
