package dev.aquifer.benchmarks.compare;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB in this process. */
final class DuckDbSide implements Side {
    private final Connection connection;

    private DuckDbSide(Connection connection) {
        this.connection = connection;
    }

    /** With a native table in a database file, made from Parquet where it is not there yet. */
    static DuckDbSide onNativeTable(Path database, String table, Path parquet, int threads) {
        // A load that was broken off leaves no table: DuckDB makes it in one transaction. The table is opened anew, as
        // a
        // minimum took twenty times as long in the session that made it, presumably for want of statistics.
        open(database.toString(), threads, "create table if not exists " + table + " as select * from " + scan(parquet))
                .close();
        return open(database.toString(), threads);
    }

    /** With a view that reads Parquet anew for each query. */
    static DuckDbSide onParquet(String table, Path parquet, int threads) {
        return open("", threads, "create view " + table + " as select * from " + scan(parquet));
    }

    private static String scan(Path parquet) {
        return "read_parquet('" + parquet.toString().replace("'", "''") + "/*.parquet')";
    }

    private static DuckDbSide open(String database, int threads, String... load) {
        DuckDbSide side;
        try {
            side = new DuckDbSide(DriverManager.getConnection("jdbc:duckdb:" + database));
        } catch (SQLException e) {
            throw failed("open " + database, e);
        }
        try {
            side.execute("set threads = " + threads);
            for (String statement : load) {
                side.execute(statement);
            }
            return side;
        } catch (AquiferException e) {
            side.close();
            throw e;
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private static AquiferException failed(String what, SQLException e) {
        return new AquiferException(ErrorCode.INTERNAL, "DuckDB failed at: " + what + ": " + e.getMessage(), e);
    }

    @Override
    public Answer answer(String sql) {
        Answer answer = new Answer();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                String[] row = new String[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = String.valueOf(result.getString(i + 1));
                }
                answer.add(row);
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
        return answer;
    }

    @Override
    public long run(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            long rows = 0;
            while (result.next()) {
                rows++;
            }
            return rows;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("close", e);
        }
    }
}
