package dev.aquifer.benchmarks.latency;

import dev.aquifer.cli.local.LocalNode;
import dev.aquifer.engine.server.FlightSqlConfig;
import dev.aquifer.engine.server.FlightSqlServer;
import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What is asked, all in this process: a node and an engine without a network between them, and a node, an engine and its Flight
 * SQL server that reach each other over TCP on 127.0.0.1. Blocks are in memory, and everything is pushed.
 */
final class Site implements AutoCloseable {
    private static final SessionOptions PUSHED = new SessionOptions("auto", Pushdown.ON, null);

    private final String nation;
    private final Engine near;
    private final Engine far;
    private final NodeServer node;
    private final FlightSqlServer front;
    /** What was opened, the last first. */
    private final Deque<Runnable> opened = new ArrayDeque<>();

    /** @param nation the location of the table nation */
    Site(String nation) {
        this.nation = nation;
        boolean open = false;
        try {
            LocalNode local = LocalNode.start(NodeConfig.defaults());
            opened.push(local::close);
            near = engine(local.address());
            node = NodeServer.start(NodeConfig.defaults().withAddress("127.0.0.1", 0));
            opened.push(node::close);
            far = engine(node.address());
            front = FlightSqlServer.start(far, FlightSqlConfig.local(0).withDefaults(PUSHED));
            opened.push(front::close);
            open = true;
        } finally {
            if (!open) {
                closeAll();
            }
        }
    }

    private Engine engine(String address) {
        Engine engine = Engine.open(EngineConfig.of(Map.of("nation", nation)).withNodes(List.of(address)));
        opened.push(engine::close);
        return engine;
    }

    Way way(WayName name) {
        return switch (name) {
            case FRAGMENT -> new FragmentWay(node.address(), nation);
            case PREPARED -> PreparedWay.known(session(near));
            case PREPARED_NEW -> PreparedWay.unknown(session(near));
            case PREPARED_TCP -> PreparedWay.known(session(far));
            case JDBC -> new JdbcWay(front.port());
            case TEXT -> TextWay.known(session(near));
            case TEXT_NEW -> TextWay.unknown(session(near));
        };
    }

    private static Session session(Engine engine) {
        return engine.newSession(PUSHED);
    }

    private void closeAll() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    @Override
    public void close() {
        closeAll();
    }
}
