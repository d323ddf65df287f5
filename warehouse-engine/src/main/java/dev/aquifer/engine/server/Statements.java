package dev.aquifer.engine.server;

import com.google.protobuf.ByteString;
import dev.aquifer.engine.session.PreparedQuery;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Prepared statements, executions that wait to be fetched, and those that run. Thread-safe. */
final class Statements {
    private static final int MAX_PREPARED = 50_000;
    private static final int MAX_PENDING = 50_000;
    /** A pool of connections keeps its statements over night. */
    private static final Duration PREPARED_IDLE = Duration.ofHours(24);
    /** A client that asks for an execution fetches it at once. */
    private static final Duration PENDING_IDLE = Duration.ofMinutes(10);

    private final Handles<Prepared> prepared =
            new Handles<>("prepared statement", MAX_PREPARED, PREPARED_IDLE, System::nanoTime);
    private final Handles<Execution> pending = new Handles<>("execution", MAX_PENDING, PENDING_IDLE, System::nanoTime);
    private final Map<ByteString, Running> running = new ConcurrentHashMap<>();

    private record Running(String owner, QueryResult result) {}

    /** A prepared statement with the parameters that were bound last. */
    static final class Prepared {
        private final PreparedQuery query;
        private @Nullable List<@Nullable Object> parameters;

        Prepared(PreparedQuery query) {
            this.query = query;
        }

        PreparedQuery query() {
            return query;
        }

        synchronized void bind(List<@Nullable Object> values) {
            parameters = Collections.unmodifiableList(values);
        }

        /** One execution with the parameters as they are bound now. */
        synchronized Execution execution() {
            int needed = query.parameterTypes().size();
            List<@Nullable Object> bound = parameters;
            if (bound == null) {
                if (needed > 0) {
                    throw new AquiferException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the statement has " + needed + " parameters, and none is bound");
                }
                bound = List.of();
            }
            return new Execution(query, bound);
        }
    }

    /** A query with its parameters, to be run once. */
    record Execution(PreparedQuery query, List<@Nullable Object> parameters) {
        QueryResult start() {
            return query.execute(parameters);
        }
    }

    ByteString prepare(String owner, PreparedQuery query) {
        return prepared.add(owner, new Prepared(query));
    }

    Prepared prepared(String owner, ByteString handle) {
        return prepared.get(owner, handle);
    }

    void close(String owner, ByteString handle) {
        prepared.remove(owner, handle);
    }

    ByteString await(String owner, Execution execution) {
        return pending.add(owner, execution);
    }

    Execution take(String owner, ByteString handle) {
        return pending.take(owner, handle);
    }

    /** Makes a result one that {@link #cancel} finds, until {@link #ended}. */
    void started(String owner, ByteString handle, QueryResult result) {
        running.put(handle, new Running(owner, result));
    }

    void ended(ByteString handle) {
        running.remove(handle);
    }

    /** How many executions run. */
    int running() {
        return running.size();
    }

    /** Stops an execution that runs, or forgets one that waits; false where there is none. */
    boolean cancel(String owner, ByteString handle) {
        Running run = running.get(handle);
        if (run != null && run.owner().equals(owner)) {
            run.result().cancel();
            return true;
        }
        return pending.remove(owner, handle);
    }
}
