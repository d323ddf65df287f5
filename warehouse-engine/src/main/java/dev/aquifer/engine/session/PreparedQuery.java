package dev.aquifer.engine.session;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that was parsed and checked. Immutable and thread-safe; it may be executed any number of times and sees the
 * objects that are in the lake at each execution.
 */
public interface PreparedQuery {
    /** The result's columns, known before execution. */
    List<Field> columns();

    /** The types of the parameters {@code ?}, in the order of the text. */
    List<DataType> parameterTypes();

    /**
     * Starts the query.
     *
     * @param parameters physical values (see {@code dev.aquifer.spi.type}) of the parameter types, nulls allowed
     * @throws AquiferException any code but INTERNAL for what the query or its data has wrong
     */
    QueryResult execute(List<? extends @Nullable Object> parameters);
}
