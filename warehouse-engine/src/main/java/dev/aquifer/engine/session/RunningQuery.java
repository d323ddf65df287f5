package dev.aquifer.engine.session;

import dev.aquifer.engine.execute.AccessRunner;
import dev.aquifer.engine.execute.BatchSource;
import dev.aquifer.engine.execute.Execution;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution. It begins with the plan that was made last, and looks the tables up while nodes are at work already; rows are
 * given when it is known that they are of the tables as they are. Where they are not, and where an object was replaced after
 * planning and no row was given yet, it is planned once more.
 */
final class RunningQuery implements QueryResult {
    private final PreparedSelect query;
    private final List<@Nullable Object> parameters;
    private final AccessRunner accesses;
    private final StopFlag stop = new StopFlag();
    private final long began = System.nanoTime();
    private long planNanos;
    private PlanCache.Plan plan;
    /** Whether the tables were looked up since this began. */
    private boolean lookedUp;

    private Execution execution;
    /** Null until rows are asked for: opening may already compute, which {@link #cancel} must be able to stop. */
    private @Nullable BatchSource rows;

    private long given;
    private boolean replanned;
    private boolean done;
    private long doneNanos;

    RunningQuery(PreparedSelect query, List<? extends @Nullable Object> parameters, AccessRunner accesses) {
        this.query = query;
        this.parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
        this.accesses = accesses;
        PlanCache.Plan last = query.lastPlan(this.parameters);
        this.lookedUp = last == null;
        this.plan = last == null ? query.plan(this.parameters) : last;
        this.planNanos = System.nanoTime() - began;
        this.execution = query.execution(accesses, query.memory(), stop);
    }

    @Override
    public List<Field> columns() {
        if (!done && !isCurrent()) {
            planAgain();
        }
        return query.columns();
    }

    @Override
    public @Nullable Batch next() {
        if (done) {
            return null;
        }
        Batch batch;
        try {
            batch = current();
        } catch (OutOfMemoryError e) {
            throw new AquiferException(ErrorCode.MEMORY_EXCEEDED, "the engine's memory is full", e);
        }
        if (batch == null) {
            done = true;
            doneNanos = System.nanoTime();
        } else {
            given += batch.rows();
        }
        return batch;
    }

    private @Nullable Batch current() {
        try {
            stop.check();
            return opened().next();
        } catch (AquiferException e) {
            if (e.code() != ErrorCode.OBJECT_CHANGED || replanned || given > 0) {
                throw e;
            }
            return again();
        }
    }

    private BatchSource opened() {
        BatchSource source = rows;
        return source == null ? open() : source;
    }

    private BatchSource open() {
        try {
            BatchSource source = plan.operator().open(execution);
            rows = source;
            if (isCurrent()) {
                return source;
            }
        } catch (AquiferException e) {
            // What a plan over other tables fails with is nothing to this query.
            if (isCurrent()) {
                throw e;
            }
        }
        planAgain();
        BatchSource source = plan.operator().open(execution);
        rows = source;
        return source;
    }

    /** Whether the plan's tables are as they are now, or were when they were looked up for this execution. */
    private boolean isCurrent() {
        if (!lookedUp) {
            long from = System.nanoTime();
            lookedUp = query.isCurrent(plan);
            planNanos += System.nanoTime() - from;
        }
        return lookedUp;
    }

    private void planAgain() {
        closeRows();
        long from = System.nanoTime();
        plan = query.plan(parameters);
        lookedUp = true;
        planNanos += System.nanoTime() - from;
        execution = query.execution(accesses, query.memory(), stop);
    }

    private @Nullable Batch again() {
        replanned = true;
        planAgain();
        return opened().next();
    }

    private void closeRows() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    @Override
    public QueryStats stats() {
        long until = done ? doneNanos : System.nanoTime();
        return new QueryStats(
                Duration.ofNanos(planNanos), Duration.ofNanos(until - began - planNanos), given, execution.stats());
    }

    @Override
    public void cancel() {
        stop.stop();
    }

    @Override
    public void close() {
        stop.stop();
        done = true;
        closeRows();
    }
}
