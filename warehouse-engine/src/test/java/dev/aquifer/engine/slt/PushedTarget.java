package dev.aquifer.engine.slt;

import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import dev.aquifer.spi.type.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine with two nodes in this process that must run every fragment. */
final class PushedTarget implements SqlTarget {
    private static final long MEMORY = 128L << 20;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<NodeServer> nodes;
    private final EngineTarget engine;

    private PushedTarget(List<NodeServer> nodes, EngineTarget engine) {
        this.nodes = nodes;
        this.engine = engine;
    }

    static PushedTarget open(Map<String, String> tables) {
        String first = "slt-" + NUMBER.incrementAndGet();
        String second = "slt-" + NUMBER.incrementAndGet();
        List<NodeServer> nodes = List.of(start(first), start(second));
        return new PushedTarget(
                nodes,
                EngineTarget.open(
                        List.of("engine", "pushed"),
                        tables,
                        List.of("inprocess:" + first, "inprocess:" + second),
                        new SessionOptions("auto", Pushdown.ON, null)));
    }

    private static NodeServer start(String name) {
        return NodeServer.start(
                NodeConfig.defaults().inProcess(name).withMemory(MEMORY, MEMORY).withThreads(2, 2));
    }

    @Override
    public List<String> labels() {
        return engine.labels();
    }

    @Override
    public Answer run(String sql) throws SqlFailure {
        return engine.run(sql);
    }

    @Override
    public List<Field> describe(String sql) throws SqlFailure {
        return engine.describe(sql);
    }

    @Override
    public void close() {
        engine.close();
        nodes.forEach(NodeServer::close);
    }
}
