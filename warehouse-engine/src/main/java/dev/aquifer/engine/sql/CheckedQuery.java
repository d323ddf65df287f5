package dev.aquifer.engine.sql;

import dev.aquifer.engine.catalog.TableSnapshot;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * A query that passed all checks.
 *
 * @param logical what it means, not yet optimised, with parameters in it
 * @param columns of the result
 * @param parameters types of the parameters
 * @param tables the tables it reads, as they were
 */
public record CheckedQuery(
        RelNode logical, List<Field> columns, List<DataType> parameters, List<TableSnapshot> tables) {
    /** Whether the same values of parameters mean the same plan at any time: no function in it tells the time or a random number. */
    public boolean repeatable() {
        return !Volatile.in(logical);
    }

    public CheckedQuery {
        columns = List.copyOf(columns);
        parameters = List.copyOf(parameters);
        tables = List.copyOf(tables);
    }
}
