package dev.aquifer.engine.session;

import dev.aquifer.engine.catalog.Catalog;
import dev.aquifer.engine.client.NodePool;
import dev.aquifer.engine.execute.LocalDevices;
import dev.aquifer.engine.sql.QueryChecker;
import dev.aquifer.engine.translate.ConstantFolder;
import dev.aquifer.lake.object.Lake;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The warehouse engine: tables, nodes, and sessions over them. Thread-safe. */
public final class Engine implements AutoCloseable {
    private final EngineConfig config;
    private final Lake lake;
    private final Catalog catalog;
    private final LocalDevices devices;
    private final NodePool nodes;
    private final AtomicLong queries = new AtomicLong();
    private final ExecutorService workers;
    private final PlanCache plans;

    private Engine(EngineConfig config) {
        this.config = config;
        this.lake = new Lake(config.lake());
        this.catalog = new Catalog(lake, config.tables());
        this.devices = LocalDevices.open();
        this.nodes = NodePool.open(config.nodes());
        this.workers = Executors.newFixedThreadPool(
                config.threads(),
                Thread.ofPlatform().daemon().name("aquifer-pull-", 0).factory());
        this.plans = new PlanCache(new QueryChecker(catalog, new ConstantFolder()));
    }

    /** Opens an engine. Reads nothing from the lake yet, and connects to nodes when a query needs them. */
    public static Engine open(EngineConfig config) {
        return new Engine(config);
    }

    public EngineConfig config() {
        return config;
    }

    public Session newSession(SessionOptions options) {
        return new EngineSession(this, options);
    }

    Lake lake() {
        return lake;
    }

    Catalog catalog() {
        return catalog;
    }

    LocalDevices devices() {
        return devices;
    }

    NodePool nodes() {
        return nodes;
    }

    /** A name for a query in logs. */
    String nextQueryId() {
        return "q" + queries.incrementAndGet();
    }

    ExecutorService workers() {
        return workers;
    }

    PlanCache plans() {
        return plans;
    }

    /** Ends what still runs, and gives everything back. */
    @Override
    public void close() {
        // A task that was not begun never would be, and whoever waits for it would wait for ever.
        for (Runnable task : workers.shutdownNow()) {
            if (task instanceof Future<?> waited) {
                waited.cancel(false);
            }
        }
        nodes.close();
        catalog.close();
        devices.close();
        lake.close();
    }
}
