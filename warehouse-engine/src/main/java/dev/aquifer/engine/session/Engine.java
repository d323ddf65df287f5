package dev.aquifer.engine.session;

/** The warehouse engine: tables, nodes, and sessions over them. Thread-safe. */
public final class Engine implements AutoCloseable {
    private final EngineConfig config;

    private Engine(EngineConfig config) {
        this.config = config;
    }

    /** Opens an engine. Reads nothing from the lake yet, and connects to nodes when a query needs them. */
    public static Engine open(EngineConfig config) {
        return new Engine(config);
    }

    public EngineConfig config() {
        return config;
    }

    @SuppressWarnings("DoNotCallSuggester")
    public Session newSession(SessionOptions options) {
        throw new UnsupportedOperationException("the session for " + options + " comes with the planner");
    }

    @Override
    public void close() {}
}
