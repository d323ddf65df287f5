package dev.aquifer.engine.slt;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An in-memory DuckDB, set to PostgreSQL's order of nulls: the independent engine that results are compared with. */
public final class DuckDb implements SqlTarget {
    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    public static DuckDb open() throws SQLException {
        DuckDb duck = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
        duck.execute("SET threads = 2");
        duck.execute("SET memory_limit = '1GB'");
        duck.execute("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
        return duck;
    }

    /** Runs a statement that gives no rows of interest. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A quoted text literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public List<String> labels() {
        return List.of("duckdb");
    }

    @Override
    public Answer run(String sql) throws SqlFailure {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Field> columns = columns(result.getMetaData());
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.add(physical(columns.get(i).type(), result.getObject(i + 1)));
                }
                rows.add(row);
            }
            return new Answer(columns, rows);
        } catch (SQLException e) {
            throw new SqlFailure(SqlFailure.ANY, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<Field> describe(String sql) throws SqlFailure {
        return run(sql).columns();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close", e);
        }
    }

    private static List<Field> columns(ResultSetMetaData data) throws SQLException {
        List<Field> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(new Field(data.getColumnName(i), type(data, i)));
        }
        return columns;
    }

    private static DataType type(ResultSetMetaData data, int column) throws SQLException {
        String name = data.getColumnTypeName(column).toUpperCase(Locale.ROOT);
        return switch (name) {
            case "BOOLEAN" -> DataType.BOOLEAN;
            case "TINYINT" -> DataType.INT8;
            case "SMALLINT" -> DataType.INT16;
            // What DuckDB calls the type of a bare NULL.
            case "INTEGER", "\"NULL\"", "NULL" -> DataType.INT32;
            case "BIGINT" -> DataType.INT64;
            case "HUGEINT" -> DataType.decimal(38, 0);
            case "FLOAT" -> DataType.FLOAT32;
            case "DOUBLE" -> DataType.FLOAT64;
            case "DATE" -> DataType.DATE;
            case "TIMESTAMP" -> DataType.TIMESTAMP;
            case "VARCHAR" -> DataType.VARCHAR;
            default -> {
                if (name.startsWith("DECIMAL")) {
                    yield DataType.decimal(data.getPrecision(column), data.getScale(column));
                }
                throw new SQLException(
                        "column " + data.getColumnName(column) + " is " + name + ", which Aquifer has not");
            }
        };
    }

    private static @Nullable Object physical(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> value;
            case INT8, INT16, INT32, INT64 -> ((Number) value).longValue();
            case FLOAT32, FLOAT64 -> ((Number) value).doubleValue();
            case DECIMAL -> decimal(type, value);
            case DATE -> ((LocalDate) value).toEpochDay();
            case TIMESTAMP -> micros(value);
            case VARCHAR, BINARY -> Bytes.utf8(value.toString());
        };
    }

    private static Object decimal(DataType type, Object value) {
        BigInteger unscaled = value instanceof BigInteger whole
                ? whole
                : ((BigDecimal) value).setScale(type.scale()).unscaledValue();
        return type.precision() <= DataType.MAX_LONG_PRECISION ? (Object) unscaled.longValueExact() : unscaled;
    }

    private static long micros(Object value) {
        LocalDateTime time = value instanceof java.sql.Timestamp stamp
                ? stamp.toLocalDateTime()
                : (LocalDateTime) Objects.requireNonNull(value);
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }
}
