package dev.aquifer.engine.slt;

import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.SessionOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The ways in which the engine runs in each of these tests. */
public enum EngineMode {
    /** It fetches the columns, and the reference device runs the fragments. */
    REFERENCE,
    /** It fetches the columns, and the CPU device runs the fragments. */
    CPU,
    /** Two nodes in this process must run every fragment. */
    PUSHED;

    /** Opens the engine over tables, given as name and path. */
    public SqlTarget open(Map<String, String> tables) {
        return switch (this) {
            case REFERENCE, CPU -> {
                String device = name().toLowerCase(Locale.ROOT);
                yield EngineTarget.open(
                        List.of("engine", "pulled", device),
                        tables,
                        List.of(),
                        new SessionOptions(device, Pushdown.OFF, null));
            }
            case PUSHED -> PushedTarget.open(tables);
        };
    }

    /** All of them, or the one that {@code -Daquifer.mode} names. */
    public static List<EngineMode> chosen() {
        String only = System.getProperty("aquifer.mode", "");
        return List.of(values()).stream()
                .filter(mode -> only.isEmpty() || mode.name().equals(only))
                .toList();
    }
}
