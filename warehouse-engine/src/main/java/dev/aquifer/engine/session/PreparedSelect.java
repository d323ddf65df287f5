package dev.aquifer.engine.session;

import dev.aquifer.engine.execute.AccessRunner;
import dev.aquifer.engine.execute.Execution;
import dev.aquifer.engine.sql.CheckedQuery;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A query or its EXPLAIN. Each execution looks its tables up, so that it sees what is in the lake then. A text that was
 * checked before is not looked up for being prepared as well: what its columns are is found out when that is asked for, or by
 * the first execution, and holds from then on. Thread-safe.
 */
final class PreparedSelect implements PreparedQuery {
    static final List<Field> PLAN_COLUMNS = List.of(new Field("plan", DataType.VARCHAR));

    private final Engine engine;
    private final EngineSession session;
    private final String sql;
    private final boolean explain;
    private final AtomicReference<@Nullable Signature> signature = new AtomicReference<>();

    /** What a caller was told, or could see, of the query. */
    private record Signature(List<Field> columns, List<DataType> parameters) {
        static Signature of(CheckedQuery checked) {
            return new Signature(checked.columns(), checked.parameters());
        }
    }

    private PreparedSelect(Engine engine, EngineSession session, String sql, boolean explain) {
        this.engine = engine;
        this.session = session;
        this.sql = sql;
        this.explain = explain;
    }

    /** Of a query that was checked before, as {@link PlanCache#knows} says. */
    static PreparedSelect known(Engine engine, EngineSession session, String sql) {
        return new PreparedSelect(engine, session, sql, false);
    }

    /** @throws AquiferException as {@link PlanCache#check} */
    static PreparedSelect of(Engine engine, EngineSession session, String sql, boolean explain) {
        PreparedSelect prepared = new PreparedSelect(engine, session, sql, explain);
        CheckedQuery _ = prepared.checked();
        return prepared;
    }

    @Override
    public List<Field> columns() {
        return explain ? PLAN_COLUMNS : signature().columns();
    }

    @Override
    public List<DataType> parameterTypes() {
        return signature().parameters();
    }

    private Signature signature() {
        Signature known = signature.get();
        return known == null ? Signature.of(checked()) : known;
    }

    @Override
    public QueryResult execute(List<? extends @Nullable Object> values) {
        if (explain) {
            return Rows.ofTexts("plan", session.explain(PlanCache.explain(checked(), values)));
        }
        return new RunningQuery(this, values, session.accesses());
    }

    /** A plan over the tables as they are now. */
    PlanCache.Plan plan(List<? extends @Nullable Object> values) {
        return engine.plans().plan(sql, checked(), values);
    }

    /** The plan that was made last, if it is kept. No row may be given of it unless {@link #isCurrent}. */
    PlanCache.@Nullable Plan lastPlan(List<? extends @Nullable Object> values) {
        return engine.plans().last(sql, values);
    }

    /** Looks the tables up: whether they are those of a plan. */
    boolean isCurrent(PlanCache.Plan plan) {
        return checked().equals(plan.checked());
    }

    private CheckedQuery checked() {
        CheckedQuery checked = engine.plans().check(sql);
        Signature now = Signature.of(checked);
        Signature before = signature.compareAndExchange(null, now);
        if (before != null && !before.equals(now)) {
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
