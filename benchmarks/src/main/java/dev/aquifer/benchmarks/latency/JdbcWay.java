package dev.aquifer.benchmarks.latency;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A statement that was prepared once through the stock Flight SQL JDBC driver. */
final class JdbcWay implements Way {
    private final Connection connection;
    private final PreparedStatement statement;
    private long asked;

    /** @param port of an engine's Flight SQL server on 127.0.0.1 */
    JdbcWay(int port) {
        try {
            connection =
                    DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:" + port + "/?useEncryption=false");
            statement = connection.prepareStatement(PreparedWay.SQL);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public long ask() {
        try {
            statement.setLong(1, asked++ % REGIONS);
            statement.setLong(2, BEYOND_NATIONS);
            long answer = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answer += rows.getLong(1);
                }
            }
            return answer;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            statement.close();
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static AquiferException failed(SQLException e) {
        return new AquiferException(ErrorCode.INTERNAL, "through the JDBC driver: " + e.getMessage(), e);
    }
}
