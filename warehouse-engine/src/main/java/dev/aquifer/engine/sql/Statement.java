package dev.aquifer.engine.sql;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** What one text asks for. */
public sealed interface Statement {
    /**
     * A query.
     *
     * @param text the text that positions in {@code node} refer to
     * @param tables names in FROM clauses, as paths; some may be those of CTEs
     * @param explain whether its plan is wanted, not its rows
     */
    record Query(String text, SqlNode node, List<List<String>> tables, boolean explain) implements Statement {
        public Query {
            tables = List.copyOf(tables);
        }
    }

    /** SHOW TABLES. */
    record ShowTables() implements Statement {}

    /** DESCRIBE table. */
    record Describe(String table) implements Statement {}
}
