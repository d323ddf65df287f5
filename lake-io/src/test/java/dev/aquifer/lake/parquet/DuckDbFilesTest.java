package dev.aquifer.lake.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.lake.page.DecodeMemory;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of a writer that shares no code with the readers here, compared with what that writer says is in them. */
class DuckDbFilesTest {
    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("b", DataType.BOOLEAN),
            Map.entry("i8", DataType.INT8),
            Map.entry("i16", DataType.INT16),
            Map.entry("i32", DataType.INT32),
            Map.entry("i64", DataType.INT64),
            Map.entry("u8", DataType.INT16),
            Map.entry("u16", DataType.INT32),
            Map.entry("u32", DataType.INT64),
            Map.entry("u64", DataType.decimal(20, 0)),
            Map.entry("d4", DataType.decimal(4, 1)),
            Map.entry("d9", DataType.decimal(9, 2)),
            Map.entry("d18", DataType.decimal(18, 4)),
            Map.entry("d38", DataType.decimal(38, 10)),
            Map.entry("f32", DataType.FLOAT32),
            Map.entry("f64", DataType.FLOAT64),
            Map.entry("day", DataType.DATE),
            Map.entry("ts", DataType.TIMESTAMP),
            Map.entry("ts_ms", DataType.TIMESTAMP),
            Map.entry("ts_ns", DataType.TIMESTAMP),
            Map.entry("few", DataType.VARCHAR),
            Map.entry("many", DataType.VARCHAR),
            Map.entry("seq", DataType.INT64),
            Map.entry("none", DataType.INT32));

    /** {@code r} is a whole number without a pattern, {@code x} is null where the row's values are. */
    private static String table(long rows) {
        return "create table t as select "
                + "case when x is null then null else r % 3 = 0 end as b, "
                + "(r % 256 - 128 + x)::tinyint as i8, "
                + "(r % 65536 - 32768 + x)::smallint as i16, "
                + "(r - 2147483648 + x)::integer as i32, "
                + "((r - 2147483648) * 4294967296 + r + x)::bigint as i64, "
                + "(r % 256 + x)::utinyint as u8, "
                + "(r % 65536 + x)::usmallint as u16, "
                + "(r + x)::uinteger as u32, "
                + "(r::hugeint * 4294967296 + r + x)::ubigint as u64, "
                + "((r % 19999 - 9999 + x) / 10)::decimal(4,1) as d4, "
                + "((r % 1999999999 - 999999999 + x) / 100)::decimal(9,2) as d9, "
                + "((r - 2147483648 + x)::decimal(18,4) * 2)::decimal(18,4) as d18, "
                + "(((r - 2147483648 + x)::decimal(38,10)) * 100000000)::decimal(38,10) as d38, "
                + "case r % 7 when 0 then 'NaN'::float when 1 then '-Infinity'::float else (r / 7 + x)::float end as f32, "
                + "case r % 11 when 0 then -0.0 else (r - 2147483648.5 + x)::double end as f64, "
                + "date '1970-01-01' + (r % 80000 - 40000 + x)::integer as day, "
                + "make_timestamp((r - 2147483648) * 1000003 + x) as ts, "
                + "make_timestamp((r - 2147483648) * 1000 + x)::timestamp_ms as ts_ms, "
                + "make_timestamp_ns((r - 2147483648) * 1000003007 + x) as ts_ns, "
                + "case r % 4 when 0 then '' when 1 then 'naïve 🦆' when 2 then 'a longer text that is repeated' "
                + "else 'x' end || case when x is null then null else '' end as few, "
                + "'row ' || (r + x)::varchar || repeat('é', (r % 20)::integer) as many, "
                + "i as seq, null::integer as none "
                + "from (select i, hash(i) % 4294967296 as rr, rr::bigint as r, "
                + "case when hash(i) // 4294967296 % 5 = 0 then null else 0 end as x from range(" + rows + ") s(i))";
    }

    private static void write(String copy) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(copy);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "uncompressed, V1, 100000", "snappy, V1, 20000", "gzip, V1, 20000", "zstd, V1, 20000", "lz4_raw, V1, 20000",
        "uncompressed, V2, 20000", "snappy, V2, 20000", "gzip, V2, 20000", "zstd, V2, 100000", "lz4_raw, V2, 20000",
    })
    void valuesAreThoseWritten(String codec, String version, int rows, @TempDir Path folder) throws SQLException {
        Path file = folder.resolve("t.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(table(rows));
            statement.execute("copy t to '" + file + "' (format parquet, codec '" + codec + "', parquet_version '"
                    + version
                    + "', row_group_size 8192)");
            Map<String, List<@Nullable Object>> ours = ReadBack.values(file);
            compare(statement, "t", ours);
        }
    }

    /** All types with nulls over several stripes of a row group: hydrating gives each the arrays of the one before. */
    @Test
    void aStripeInTheArraysOfTheOneBeforeHasItsOwnValues(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("t.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(table(200_000));
            statement.execute("copy t to '" + file + "' (format parquet, row_group_size 200000)");
            compare(statement, "t", ReadBack.values(file));
        }
    }

    /** Chunks of different tenants follow each other in the same arrays. */
    @Test
    void nullsHaveNothingOfTheChunkBefore(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("t.parquet");
        write("copy (select 4242 + i as secret, 4242.5 + i as secret_double, if(i % 3 = 0, 1, null) as few,"
                + " if(i % 3 = 0, 1::double, null) as few_doubles from range(70000) s(i)) to '" + file
                + "' (format parquet)");
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            DecodeMemory memory = new DecodeMemory();
            for (String column : List.of("secret", "secret_double", "few", "few_doubles")) {
                ColumnChunkReader reader = ColumnChunkReader.open(lake, footer, 0, column, memory);
                for (StripeColumn stripe = reader.nextStripe(); stripe != null; stripe = reader.nextStripe()) {
                    if (column.startsWith("few")) {
                        for (int row = 0; row < stripe.size(); row++) {
                            double value = stripe instanceof LongColumn longs
                                    ? longs.values()[row]
                                    : ((DoubleColumn) stripe).values()[row];
                            assertTrue(value == 0 || value == 1, column + " has " + value + " in row " + row);
                        }
                    }
                }
            }
        }
    }

    /** Clearing fresh memory for each would be a tenth of hydrating. */
    @Test
    void aFullStripeOfTextIsInTheArrayOfTheOneBefore(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("t.parquet");
        write("copy (select 'row ' || (i + 1000000) as text from range(200000) s(i)) to '" + file
                + "' (format parquet, row_group_size 200000)");
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            ColumnChunkReader reader = ColumnChunkReader.open(lake, footer, 0, "text");
            Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
            for (StripeColumn stripe = reader.nextStripe(); stripe != null; stripe = reader.nextStripe()) {
                arrays.add(((BytesColumn) stripe).data());
            }
            assertEquals(1, arrays.size());
        }
    }

    @Test
    void aRowGroupOfManyStripesIsCutAtEvery65536Rows(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("t.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                Lake lake = new Lake(LakeConfig.defaults())) {
            statement.execute("create table t as select i as seq, 'v' || (i % 1000) as few from range(150000) s(i)");
            statement.execute("copy t to '" + file + "' (format parquet, row_group_size 150000)");
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            assertEquals(1, footer.rowGroups().size());
            assertEquals(3, footer.rowGroups().getFirst().stripes());
            List<@Nullable Object> seq = ReadBack.of(ReadBack.values(lake, footer), "seq");
            for (int i = 0; i < seq.size(); i++) {
                assertEquals((long) i, seq.get(i));
            }
        }
    }

    @Test
    void nestedAndUnknownColumnsLeaveTheOthersUsable(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("t.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                Lake lake = new Lake(LakeConfig.defaults())) {
            statement.execute("create table t as select 1 as a, [1, 2] as list, {'x': 1, 'y': {'z': 'q'}} as struct, "
                    + "map {'k': 1} as map, uuid() as id, time '01:02:03' as clock, interval 1 day as span, "
                    + "'\\xAA'::blob as blob, 'end' as z");
            statement.execute("copy t to '" + file + "' (format parquet)");
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            assertEquals(List.of("a", "blob", "z"), ReadBack.supported(footer));
            Map<String, String> reasons = new HashMap<>();
            footer.columns().forEach(column -> reasons.put(column.name(), column.unsupportedReason()));
            assertEquals("nested type: list", ReadBack.of(reasons, "list"));
            assertEquals("nested type: struct", ReadBack.of(reasons, "struct"));
            assertEquals("nested type: map", ReadBack.of(reasons, "map"));
            assertTrue(ReadBack.of(reasons, "id").startsWith("UUID"), ReadBack.of(reasons, "id"));
            assertTrue(ReadBack.of(reasons, "clock").startsWith("TIME"), ReadBack.of(reasons, "clock"));
            assertTrue(ReadBack.of(reasons, "span").startsWith("INTERVAL"), ReadBack.of(reasons, "span"));
            assertEquals(
                    Bytes.utf8("end"),
                    ColumnChunkReader.read(lake, footer, 0, "z").getFirst().value(0));
            assertEquals(
                    1L, ColumnChunkReader.read(lake, footer, 0, "a").getFirst().value(0));
        }
    }

    private static void compare(Statement statement, String table, Map<String, List<@Nullable Object>> ours)
            throws SQLException {
        List<String> columns = new ArrayList<>(ours.keySet());
        assertEquals(TYPES.keySet(), ours.keySet());
        String select = String.join(
                ", ", columns.stream().map(DuckDbFilesTest::physical).toList());
        try (ResultSet rows = statement.executeQuery("select " + select + " from " + table)) {
            int row = 0;
            while (rows.next()) {
                for (int c = 0; c < columns.size(); c++) {
                    String column = columns.get(c);
                    Object expected = expected(rows, c + 1, ReadBack.of(TYPES, column));
                    Object actual = ReadBack.of(ours, column).get(row);
                    int at = row;
                    assertEquals(expected, actual, () -> column + " at row " + at);
                }
                row++;
            }
            for (List<@Nullable Object> values : ours.values()) {
                assertEquals(row, values.size());
            }
            assertFalse(row == 0);
        }
    }

    private static String physical(String column) {
        return switch (ReadBack.of(TYPES, column).kind()) {
            case DATE -> "(" + column + " - date '1970-01-01')::bigint";
            case TIMESTAMP ->
                column.equals("ts_ns") ? "epoch_ns(" + column + ")" : "epoch_us(" + column + "::timestamp)";
            default -> column;
        };
    }

    private static @Nullable Object expected(ResultSet rows, int index, DataType type) throws SQLException {
        if (rows.getObject(index) == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> rows.getBoolean(index);
            case INT8, INT16, INT32, INT64, DATE -> rows.getLong(index);
            case TIMESTAMP -> {
                long value = rows.getLong(index);
                yield rows.getMetaData().getColumnName(index).contains("_ns") ? Math.floorDiv(value, 1000L) : value;
            }
            case FLOAT32, FLOAT64 -> rows.getDouble(index);
            case DECIMAL -> {
                BigDecimal value = new BigDecimal(rows.getObject(index).toString());
                yield type.physical() == Physical.LONG
                        ? (Object) value.unscaledValue().longValueExact()
                        : value.setScale(type.scale()).unscaledValue();
            }
            case VARCHAR -> Bytes.utf8(rows.getString(index));
            case BINARY -> throw new IllegalStateException("no SQL type");
        };
    }
}
