package dev.aquifer.engine.session;

import dev.aquifer.engine.execute.AccessRunner;
import dev.aquifer.engine.execute.Execution;
import dev.aquifer.engine.execute.Operator;
import dev.aquifer.engine.sql.CheckedQuery;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query or its EXPLAIN. Each execution looks its tables up, so that it sees what is in the lake then. */
final class PreparedSelect implements PreparedQuery {
    static final List<Field> PLAN_COLUMNS = List.of(new Field("plan", DataType.VARCHAR));

    private final Engine engine;
    private final EngineSession session;
    private final String sql;
    private final boolean explain;
    private final List<Field> columns;
    private final List<DataType> parameters;

    private PreparedSelect(Engine engine, EngineSession session, String sql, boolean explain, CheckedQuery checked) {
        this.engine = engine;
        this.session = session;
        this.sql = sql;
        this.explain = explain;
        this.columns = checked.columns();
        this.parameters = checked.parameters();
    }

    static PreparedSelect of(Engine engine, EngineSession session, String sql, boolean explain) {
        return new PreparedSelect(engine, session, sql, explain, engine.plans().check(sql));
    }

    @Override
    public List<Field> columns() {
        return explain ? PLAN_COLUMNS : columns;
    }

    @Override
    public List<DataType> parameterTypes() {
        return parameters;
    }

    @Override
    public QueryResult execute(List<? extends @Nullable Object> values) {
        if (explain) {
            return Rows.ofTexts("plan", session.explain(PlanCache.plan(checked(), values)));
        }
        return new RunningQuery(this, values, session.accesses());
    }

    /** The operators of one execution. */
    Operator operators(List<? extends @Nullable Object> values) {
        return engine.plans().operators(sql, checked(), values);
    }

    private CheckedQuery checked() {
        CheckedQuery checked = engine.plans().check(sql);
        if (!checked.columns().equals(columns) || !checked.parameters().equals(parameters)) {
            throw new AquiferException(
                    ErrorCode.INVALID_QUERY,
                    "the tables' columns have changed since the query was prepared; prepare it again");
        }
        return checked;
    }

    Execution execution(AccessRunner accesses, QueryMemory memory, StopFlag stop) {
        return new Execution(engine.devices(), accesses, memory, stop);
    }

    QueryMemory memory() {
        return new QueryMemory(engine.config().memoryBytes());
    }
}
