package dev.aquifer.engine.slt;

import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.Session;
import dev.aquifer.engine.session.SessionOptions;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine, through its session API. */
public final class EngineTarget implements SqlTarget {
    private static final long QUERY_MEMORY = 512L << 20;

    private final List<String> labels;
    private final Engine engine;
    private final Session session;

    private EngineTarget(List<String> labels, Engine engine, Session session) {
        this.labels = labels;
        this.engine = engine;
        this.session = session;
    }

    /** @param nodes where fragments may run; see {@link EngineConfig#nodes()} */
    public static EngineTarget open(
            List<String> labels, Map<String, String> tables, List<String> nodes, SessionOptions options) {
        Engine engine = Engine.open(
                EngineConfig.of(tables).withNodes(nodes).withThreads(2).withMemoryBytes(QUERY_MEMORY));
        return new EngineTarget(labels, engine, engine.newSession(options));
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public Answer run(String sql) throws SqlFailure {
        try (QueryResult result = session.prepare(sql).execute(List.of())) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int i = 0; i < batch.rows(); i++) {
                    rows.add(batch.row(i));
                }
            }
            return new Answer(result.columns(), rows);
        } catch (AquiferException e) {
            throw failure(e);
        }
    }

    @Override
    public List<Field> describe(String sql) throws SqlFailure {
        try {
            return session.prepare(sql).columns();
        } catch (AquiferException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }

    private static SqlFailure failure(AquiferException e) {
        return new SqlFailure(e.code().name(), String.valueOf(e.getMessage()), e);
    }
}
