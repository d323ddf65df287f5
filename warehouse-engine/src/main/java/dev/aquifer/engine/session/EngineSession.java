package dev.aquifer.engine.session;

import dev.aquifer.engine.catalog.Catalog;
import dev.aquifer.engine.catalog.TableSnapshot;
import dev.aquifer.engine.execute.AccessRunner;
import dev.aquifer.engine.execute.Explain;
import dev.aquifer.engine.execute.PushMode;
import dev.aquifer.engine.sql.Statement;
import dev.aquifer.engine.sql.StatementParser;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** A session of an engine in this process. */
final class EngineSession implements Session, SessionCatalog {
    private final Engine engine;
    private final SessionOptions options;

    EngineSession(Engine engine, SessionOptions options) {
        this.engine = engine;
        this.options = options;
    }

    @Override
    public SessionOptions options() {
        return options;
    }

    @Override
    public PreparedQuery prepare(String sql) {
        if (engine.plans().knows(sql)) {
            return PreparedSelect.known(engine, this, sql);
        }
        return switch (StatementParser.parse(sql)) {
            case Statement.Query query -> PreparedSelect.of(engine, this, sql, query.explain());
            case Statement.ShowTables show -> CatalogQueries.tables(this);
            case Statement.Describe describe -> CatalogQueries.columns(this, describe.table());
        };
    }

    List<String> explain(RelNode plan) {
        return Explain.lines(plan, accesses(), engine.devices());
    }

    AccessRunner accesses() {
        return new AccessRunner(
                engine.lake(),
                engine.nodes(),
                switch (options.pushdown()) {
                    case AUTO -> PushMode.AUTO;
                    case ON -> PushMode.ON;
                    case OFF -> PushMode.OFF;
                },
                options.device(),
                options.token(),
                engine.nextQueryId(),
                engine.workers(),
                engine.config().threads());
    }

    @Override
    public SessionCatalog catalog() {
        return this;
    }

    @Override
    public List<String> schemas() {
        return List.of(Catalog.SCHEMA);
    }

    @Override
    public List<String> tables(String schema) {
        return schema.equals(Catalog.SCHEMA) ? engine.catalog().names() : List.of();
    }

    @Override
    public TableInfo table(String schema, String name) {
        if (!schema.equals(Catalog.SCHEMA)) {
            throw new AquiferException(ErrorCode.UNKNOWN_TABLE, "there is no schema " + schema);
        }
        TableSnapshot table = engine.catalog().load(name);
        return new TableInfo(schema, name, table.location(), table.columns());
    }

    @Override
    public void close() {
        // What a session runs is closed by whoever reads it.
    }
}
