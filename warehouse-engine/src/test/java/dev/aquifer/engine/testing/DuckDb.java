package dev.aquifer.engine.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DuckDB in this process: the second opinion on SQL, and a writer of Parquet files that is not ours. */
public final class DuckDb implements AutoCloseable {
    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    public static DuckDb open() throws SQLException {
        DuckDb duck = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
        duck.execute("set threads = 2");
        return duck;
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes a folder of Parquet files known by a name. */
    public void view(String name, Path folder) throws SQLException {
        execute("create view " + name + " as select * from read_parquet('" + folder + "/**/*.parquet')");
    }

    /** Runs a query; values as the driver gives them. */
    public List<List<@Nullable Object>> rows(String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
