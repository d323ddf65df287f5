package dev.aquifer.engine.slt;

import dev.aquifer.spi.type.Field;
import java.util.List;

/** Something that answers SQL over the tables of a test. */
public interface SqlTarget extends AutoCloseable {
    /** What conditions in test files call it: {@code duckdb} or the engine's mode. */
    List<String> labels();

    /**
     * Runs a statement to its end.
     *
     * @throws SqlFailure if it is refused or fails
     */
    Answer run(String sql) throws SqlFailure;

    /**
     * The columns of a query that is not run.
     *
     * @throws SqlFailure if it is refused
     */
    List<Field> describe(String sql) throws SqlFailure;

    @Override
    void close();
}
