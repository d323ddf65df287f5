package dev.aquifer.engine.tpch;

import dev.aquifer.engine.slt.EngineMode;
import dev.aquifer.engine.slt.SqlTarget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine that is opened by the first test that needs it. */
final class EngineOfMode implements AutoCloseable {
    private final EngineMode mode;
    private final Map<String, String> paths;
    private @Nullable SqlTarget target;

    EngineOfMode(EngineMode mode, Map<String, String> paths) {
        this.mode = mode;
        this.paths = paths;
    }

    SqlTarget target() {
        SqlTarget open = target;
        if (open == null) {
            open = mode.open(paths);
            target = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (target != null) {
            target.close();
            target = null;
        }
    }
}
