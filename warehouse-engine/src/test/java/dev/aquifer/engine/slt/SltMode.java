package dev.aquifer.engine.slt;

import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.service.server.NodeConfig;
import dev.aquifer.service.server.NodeServer;
import dev.aquifer.spi.device.DeviceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/** The ways in which each test file runs. */
enum SltMode {
    /** The rows of the files, seen by another engine. */
    DUCKDB,
    /** The engine fetches the columns, and the reference device runs the fragments. */
    REFERENCE,
    /** The engine fetches the columns, and the CPU device runs the fragments. */
    CPU,
    /** A node in this process runs the fragments. */
    PUSHED;

    private static final AtomicInteger NODES = new AtomicInteger();

    /** Why this mode cannot run here, or an empty text. */
    String unavailable() {
        return switch (this) {
            case DUCKDB -> "";
            case REFERENCE -> device("reference");
            case CPU -> device("cpu");
            case PUSHED -> "";
        };
    }

    /** Opens the engine over tables; for {@link #DUCKDB} the tables are in {@code duck}, which is handed back. */
    SqlTarget open(DuckDb duck, Map<String, String> tables) {
        return switch (this) {
            case DUCKDB -> duck;
            case REFERENCE -> pulled("reference", tables);
            case CPU -> pulled("cpu", tables);
            case PUSHED -> pushed(tables);
        };
    }

    private static EngineTarget pulled(String device, Map<String, String> tables) {
        return EngineTarget.open(
                List.of("engine", "pulled", device), tables, List.of(), new SessionOptions(device, Pushdown.OFF, null));
    }

    /** Two nodes, so that every answer is put together from parts. */
    private static EngineTarget pushed(Map<String, String> tables) {
        List<NodeServer> nodes = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String name = "slt-" + NODES.incrementAndGet();
            nodes.add(NodeServer.start(NodeConfig.defaults()
                    .inProcess(name)
                    .withMemory(64 << 20, 256 << 20)
                    .withThreads(1, 4)));
            addresses.add("inprocess:" + name);
        }
        return EngineTarget.open(
                        List.of("engine", "pushed"), tables, addresses, new SessionOptions("auto", Pushdown.ON, null))
                .with(nodes);
    }

    private static String device(String kind) {
        return ServiceLoader.load(DeviceProvider.class).stream()
                        .anyMatch(provider -> provider.get().kind().equals(kind))
                ? ""
                : "no device of kind " + kind + " is on the class path";
    }
}
