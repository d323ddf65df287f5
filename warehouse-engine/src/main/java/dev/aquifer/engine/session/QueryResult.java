package dev.aquifer.engine.session;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one execution, read batch by batch by one thread; {@link #cancel()} may come from any thread. */
public interface QueryResult extends AutoCloseable {
    List<Field> columns();

    /**
     * The next rows, or null after the last; waits for them.
     *
     * @throws AquiferException what went wrong; CANCELLED after {@link #cancel()}
     */
    @Nullable
    Batch next();

    /** What the query cost so far; complete once {@link #next()} gave null. */
    QueryStats stats();

    /** Stops the query here and on the nodes. */
    void cancel();

    /** Gives everything back, also in the middle; stops what still runs. */
    @Override
    void close();
}
