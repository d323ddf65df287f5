package dev.aquifer.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries through the stock Flight SQL JDBC driver. */
final class JdbcTest extends ServedLakeTests {
    /** 240 MB: more than what waits between server and client. */
    private static final String LARGE_RESULT = "select n" + ", t || t || t || t".repeat(20) + " from numbers";

    /** Nine billion pairs: minutes unless it is stopped. */
    private static final String PAIRS = " from numbers a join numbers b on a.n % 10 = b.n % 10";

    private Connection connect() throws SQLException {
        return lake().connect("");
    }

    private static List<List<@Nullable String>> texts(ResultSet rows) throws SQLException {
        List<List<@Nullable String>> texts = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.add(rows.getString(i));
            }
            texts.add(row);
        }
        return texts;
    }

    @Test
    void everyTypeArrives() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select * from kinds where i8 = 127 or i8 is null order by i8")) {
            assertTrue(row.next());
            assertTrue(row.getBoolean("b"));
            assertEquals(127, row.getByte("i8"));
            assertEquals(32_767, row.getShort("i16"));
            assertEquals(Integer.MAX_VALUE, row.getInt("i32"));
            assertEquals(Long.MAX_VALUE, row.getLong("i64"));
            assertEquals(new BigDecimal("1234567890123.45"), row.getBigDecimal("d"));
            assertEquals(new BigDecimal("1234567890123456789012345678.0123456789"), row.getBigDecimal("w"));
            assertEquals(1.5f, row.getFloat("f"));
            assertEquals(-2.25e300, row.getDouble("g"));
            assertEquals(LocalDate.of(2024, 2, 29), row.getDate("day").toLocalDate());
            assertEquals(LocalDateTime.of(2010, 5, 6, 7, 8, 9, 123_456_000), row.getObject("ts", LocalDateTime.class));
            assertEquals("naïve 'x'", row.getString("t"));
            assertFalse(row.wasNull());
            assertTrue(row.next());
            for (int i = 1; i <= 12; i++) {
                assertNull(row.getObject(i), "column " + i);
                assertTrue(row.wasNull());
            }
            assertFalse(row.next());
        }
    }

    @Test
    void resultsDescribeThemselves() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select i32, d, t, ts as at, sum(i64) as s from kinds"
                        + " group by i32, d, t, ts having i32 > 0")) {
            ResultSetMetaData columns = rows.getMetaData();
            assertEquals(5, columns.getColumnCount());
            assertEquals("at", columns.getColumnLabel(4));
            assertEquals(
                    List.of(Types.INTEGER, Types.DECIMAL, Types.VARCHAR, Types.TIMESTAMP, Types.DECIMAL),
                    List.of(
                            columns.getColumnType(1),
                            columns.getColumnType(2),
                            columns.getColumnType(3),
                            columns.getColumnType(4),
                            columns.getColumnType(5)));
            assertEquals(15, columns.getPrecision(2));
            assertEquals(2, columns.getScale(2));
            assertTrue(rows.next());
            assertFalse(rows.next());
        }
    }

    /** By a prepared statement: of a plain one without rows, the driver shows the columns twice. */
    @Test
    void noRowsHaveColumnsToo() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("select t, d from kinds where i32 = 77");
                ResultSet rows = statement.executeQuery()) {
            assertFalse(rows.next());
            assertEquals(2, rows.getMetaData().getColumnCount());
            assertEquals("d", rows.getMetaData().getColumnLabel(2));
        }
    }

    @Test
    void manyRowsArriveOnceAndInOrder() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n, t from numbers")) {
            long expected = 0;
            while (rows.next()) {
                assertEquals(expected, rows.getLong(1));
                assertEquals("row " + expected, rows.getString(2));
                expected++;
            }
            assertEquals(ServedLake.NUMBERS, expected);
        }
    }

    /** One condition on each column; the driver binds by the type the server says the parameter has. */
    @ParameterizedTest
    @CsvSource({
        "i8, 127",
        "i16, 32767",
        "i32, 2147483647",
        "i64, 9223372036854775807",
    })
    void integerParameters(String column, long value) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select " + column + " from kinds where " + column + " = ?")) {
            switch (column) {
                case "i8" -> statement.setByte(1, (byte) value);
                case "i16" -> statement.setShort(1, (short) value);
                case "i32" -> statement.setInt(1, (int) value);
                default -> statement.setLong(1, value);
            }
            assertEquals(List.of(List.of(Long.toString(value))), texts(statement.executeQuery()));
            // The same statement again with another value.
            switch (column) {
                case "i8" -> statement.setByte(1, (byte) 3);
                case "i16" -> statement.setShort(1, (short) 3);
                case "i32" -> statement.setInt(1, 3);
                default -> statement.setLong(1, 3);
            }
            assertEquals(List.of(), texts(statement.executeQuery()));
        }
    }

    @Test
    void otherParameters() throws SQLException {
        try (Connection connection = connect()) {
            assertEquals(1, count(connection, "b = ?", statement -> statement.setBoolean(1, true)));
            assertEquals(
                    1, count(connection, "d = ?", statement -> statement.setBigDecimal(1, new BigDecimal("-0.01"))));
            assertEquals(
                    1,
                    count(
                            connection,
                            "w = ?",
                            statement -> statement.setBigDecimal(1, new BigDecimal("-0.0000000001"))));
            assertEquals(1, count(connection, "f = ?", statement -> statement.setFloat(1, 1.5f)));
            assertEquals(1, count(connection, "g = ?", statement -> statement.setDouble(1, -2.25e300)));
            assertEquals(1, count(connection, "t = ?", statement -> statement.setString(1, "naïve 'x'")));
            assertEquals(1, count(connection, "t = ?", statement -> statement.setString(1, "")));
            assertEquals(
                    1, count(connection, "day = ?", statement -> statement.setDate(1, Date.valueOf("2024-02-29"))));
            assertEquals(1, count(connection, "day between ? and ?", statement -> {
                statement.setDate(1, Date.valueOf("1969-01-01"));
                statement.setDate(2, Date.valueOf("1970-01-01"));
            }));
        }
    }

    /** The driver has milliseconds only; the value is the clock's, whatever the zone. */
    @Test
    void timestampParameters() throws SQLException {
        try (Connection connection = connect()) {
            assertEquals(1, count(connection, "ts > ? and ts < ?", statement -> {
                statement.setTimestamp(1, Timestamp.valueOf("2010-05-06 07:08:09.123"));
                statement.setTimestamp(2, Timestamp.valueOf("2010-05-06 07:08:09.124"));
            }));
        }
    }

    @Test
    void nullParametersMatchNothing() throws SQLException {
        try (Connection connection = connect()) {
            for (String column : List.of("b", "i8", "i16", "i32", "i64", "d", "w", "f", "g", "day", "ts", "t")) {
                assertEquals(
                        0, count(connection, column + " = ?", statement -> statement.setNull(1, Types.NULL)), column);
            }
        }
    }

    @Test
    void parametersAreDescribed() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select i32 from kinds where d > ? and t = ? and day < ?")) {
            assertEquals(3, statement.getParameterMetaData().getParameterCount());
            assertEquals(1, statement.getMetaData().getColumnCount());
        }
    }

    @Test
    void aStatementThatMissesParametersSaysSo() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("select i32 from kinds where i32 = ?")) {
            assertThrows(SQLException.class, statement::executeQuery);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private static long count(Connection connection, String condition, Binding binding) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from kinds where " + condition)) {
            binding.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next());
                return rows.getLong(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "selec 1|USER-1001 SYNTAX",
                "select * from nosuch|USER-1002 UNKNOWN_TABLE",
                "select i32 from kinds where nosuch = 1|USER-1003 UNKNOWN_COLUMN",
                "select i32 / (i32 - i32) from kinds|USER-1007 DIVISION_BY_ZERO",
                "select cast(t as integer) from numbers|USER-1009 INVALID_CAST",
                "select * from broken|STORAGE-3004 NOT_PARQUET",
            })
    void errorsHaveTheirCode(String sql, String label) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            SQLException error = assertThrows(SQLException.class, () -> texts(statement.executeQuery(sql)));
            assertTrue(allMessages(error).contains(label), allMessages(error));
            // The connection is as good as before.
            assertEquals(List.of(List.of("3")), texts(statement.executeQuery("select count(*) from kinds")));
        }
    }

    private static String allMessages(Throwable error) {
        StringBuilder messages = new StringBuilder();
        for (Throwable at = error; at != null; at = at.getCause()) {
            messages.append(at.getMessage()).append('\n');
        }
        return messages.toString();
    }

    @Test
    void aLongQueryIsCancelled() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> assertThrows(
                    Throwable.class, () -> texts(statement.executeQuery("select sum(a.n + b.n)" + PAIRS))));
            await(1);
            assertFalse(outcome.isDone());

            statement.cancel();

            await(0);
            outcome.get(60, TimeUnit.SECONDS);
        }
        aConnectionStillWorks();
    }

    /** A result that is larger than what waits on its way: the server sends no more than its client reads. */
    @Test
    void aResultThatIsNotReadToItsEndEnds() throws SQLException, InterruptedException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(LARGE_RESULT)) {
                assertTrue(rows.next());
                await(1);
            }
            await(0);
            assertEquals(List.of(List.of("3")), texts(statement.executeQuery("select count(*) from kinds")));
        }
    }

    /** A client that dies: its connection is cut without a word. */
    @Test
    void aLostConnectionEndsItsQuery() throws SQLException, IOException, InterruptedException {
        try (CutLine line = CutLine.to(lake().server().port())) {
            Connection connection = lake().connectThrough(line.port(), "");
            ResultSet rows = connection.createStatement().executeQuery(LARGE_RESULT);
            assertTrue(rows.next());
            await(1);

            line.cut();

            await(0);
        }
        aConnectionStillWorks();
    }

    private void aConnectionStillWorks() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertEquals(List.of(List.of("3")), texts(statement.executeQuery("select count(*) from kinds")));
        }
    }

    /** Until so many queries run. */
    private void await(int running) throws InterruptedException {
        for (int i = 0; i < 3_000 && lake().server().running() != running; i++) {
            Thread.sleep(20);
        }
        assertEquals(running, lake().server().running());
    }

    @Test
    void theUrlSetsDeviceAndPushdown() throws SQLException {
        try (Connection connection = lake().connect("&device=reference&pushdown=off");
                Statement statement = connection.createStatement()) {
            List<List<@Nullable String>> plan =
                    texts(statement.executeQuery("explain select count(*) from kinds where i32 > 0"));
            assertTrue(plan.toString().contains("reference"), plan.toString());
        }
        try (Connection connection = lake().connect("&pushdown=sideways");
                Statement statement = connection.createStatement()) {
            SQLException error =
                    assertThrows(SQLException.class, () -> statement.executeQuery("select count(*) from kinds"));
            assertTrue(allMessages(error).contains("'sideways'"), allMessages(error));
        }
    }
}
