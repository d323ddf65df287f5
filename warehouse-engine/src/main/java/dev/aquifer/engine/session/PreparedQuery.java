package dev.aquifer.engine.session;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that was parsed and checked. Thread-safe; it may be executed any number of times and sees the objects that are in the
 * lake at each execution. Its columns and parameters are the same each time from when they were first asked for or used.
 */
public interface PreparedQuery {
    /** The result's columns, known before execution. */
    List<Field> columns();

    /** The types of the parameters {@code ?}, in the order of the text. */
    List<DataType> parameterTypes();

    /**
     * Starts the query. What is wrong may also be told by the result, with its columns or its first rows: INVALID_QUERY where
     * tables have other columns than before.
     *
     * @param parameters physical values (see {@code dev.aquifer.spi.type}) of the parameter types, nulls allowed
     * @throws AquiferException any code but INTERNAL for what the query or its data has wrong
     */
    QueryResult execute(List<? extends @Nullable Object> parameters);
}
