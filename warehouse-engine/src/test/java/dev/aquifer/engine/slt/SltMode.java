package dev.aquifer.engine.slt;

import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.device.DeviceProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The ways in which each test file runs. */
public enum SltMode {
    /** The rows of the files, seen by another engine. */
    DUCKDB,
    /** The engine fetches the columns, and the reference device runs the fragments. */
    REFERENCE,
    /** The engine fetches the columns, and the CPU device runs the fragments. */
    CPU,
    /** A node in this process runs the fragments. */
    PUSHED;

    /** Why this mode cannot run here, or an empty text. */
    public String unavailable() {
        return switch (this) {
            case DUCKDB -> "";
            case REFERENCE -> device("reference");
            case CPU -> device("cpu");
            case PUSHED -> "";
        };
    }

    /** Opens the engine over tables; for {@link #DUCKDB} the tables are in {@code duck}, which is handed back. */
    public SqlTarget open(DuckDb duck, Map<String, String> tables) {
        return switch (this) {
            case DUCKDB -> duck;
            case REFERENCE -> pulled("reference", tables);
            case CPU -> pulled("cpu", tables);
            case PUSHED -> PushedTarget.open(tables);
        };
    }

    private static EngineTarget pulled(String device, Map<String, String> tables) {
        return EngineTarget.open(
                List.of("engine", "pulled", device), tables, List.of(), new SessionOptions(device, Pushdown.OFF, null));
    }

    private static String device(String kind) {
        return ServiceLoader.load(DeviceProvider.class).stream()
                        .anyMatch(provider -> provider.get().kind().equals(kind))
                ? ""
                : "no device of kind " + kind + " is on the class path";
    }
}
