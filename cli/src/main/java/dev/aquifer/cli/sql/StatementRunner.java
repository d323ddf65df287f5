package dev.aquifer.cli.sql;

import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.cli.output.ResultWriter;
import dev.aquifer.engine.session.PreparedQuery;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.engine.session.QueryStats;
import dev.aquifer.engine.session.Session;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs one statement after another and writes their results. One thread runs, any thread may cancel. */
final class StatementRunner {
    private final Writer to;
    private final AtomicReference<@Nullable QueryResult> running = new AtomicReference<>();
    private boolean first = true;

    StatementRunner(Writer to) {
        this.to = to;
    }

    /**
     * Runs a statement to its end.
     *
     * @return what it cost
     * @throws AquiferException what the statement or its data has wrong
     * @throws IOException where the result cannot be written, for example because nobody reads any more
     */
    QueryStats run(Session session, String statement, OutputFormat format) throws IOException {
        PreparedQuery query = session.prepare(statement);
        if (!query.parameterTypes().isEmpty()) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the statement has " + query.parameterTypes().size()
                            + " parameters (?): here they have no values; write the values, or use JDBC");
        }
        try (QueryResult result = query.execute(List.of())) {
            running.set(result);
            write(result, format);
            return result.stats();
        } finally {
            running.set(null);
            to.flush();
        }
    }

    private void write(QueryResult result, OutputFormat format) throws IOException {
        // The header waits for the first rows: a query that fails before them writes nothing.
        Batch batch = result.next();
        if (!first && format == OutputFormat.TABLE) {
            to.write('\n');
        }
        first = false;
        ResultWriter writer = format.writer(to);
        writer.begin(result.columns());
        while (batch != null) {
            writer.rows(batch);
            batch = result.next();
        }
        writer.end();
    }

    /** Stops the statement that runs, if one does. */
    void cancel() {
        QueryResult result = running.get();
        if (result != null) {
            result.cancel();
        }
    }
}
