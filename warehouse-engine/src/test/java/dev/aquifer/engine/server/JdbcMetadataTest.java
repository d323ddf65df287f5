package dev.aquifer.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metadata calls through the stock Flight SQL JDBC driver, as tools make them. */
final class JdbcMetadataTest extends ServedLakeTests {
    private static List<String> column(ResultSet result, String label) throws SQLException {
        try (ResultSet rows = result) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(label));
            }
            return values;
        }
    }

    @Test
    void catalogsSchemasAndTypes() throws SQLException {
        try (Connection connection = lake().connect("")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertEquals(List.of("aquifer"), column(metadata.getCatalogs(), "TABLE_CAT"));
            assertEquals(List.of("main"), column(metadata.getSchemas(), "TABLE_SCHEM"));
            assertEquals(List.of(), column(metadata.getSchemas(null, "x%"), "TABLE_SCHEM"));
            assertEquals(List.of("TABLE"), column(metadata.getTableTypes(), "TABLE_TYPE"));
        }
    }

    @Test
    void tablesByPattern() throws SQLException {
        try (Connection connection = lake().connect("")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertEquals(
                    List.of("broken", "kinds", "numbers", "odd_columns"),
                    column(metadata.getTables(null, null, "%", null), "TABLE_NAME"));
            assertEquals(
                    List.of("kinds"),
                    column(metadata.getTables("aquifer", "main", "k%", new String[] {"TABLE"}), "TABLE_NAME"));
            assertEquals(
                    List.of("odd_columns"),
                    column(metadata.getTables(null, null, "odd\\_columns", null), "TABLE_NAME"));
            assertEquals(List.of(), column(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"));
            assertEquals(List.of(), column(metadata.getTables("other", null, "%", null), "TABLE_NAME"));
        }
    }

    @Test
    void columnsWithTheirTypes() throws SQLException {
        try (Connection connection = lake().connect("");
                ResultSet rows = connection.getMetaData().getColumns(null, null, "kinds", null)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString("COLUMN_NAME") + " " + rows.getInt("DATA_TYPE") + " "
                        + rows.getString("TYPE_NAME") + " " + rows.getInt("ORDINAL_POSITION"));
                assertEquals("main", rows.getString("TABLE_SCHEM"));
                assertEquals(DatabaseMetaData.columnNullable, rows.getInt("NULLABLE"));
                if (rows.getString("COLUMN_NAME").equals("d")) {
                    assertEquals(15, rows.getInt("COLUMN_SIZE"));
                    assertEquals(2, rows.getInt("DECIMAL_DIGITS"));
                }
            }
            assertEquals(
                    List.of(
                            "b " + Types.BOOLEAN + " BOOLEAN 1",
                            "i8 " + Types.TINYINT + " TINYINT 2",
                            "i16 " + Types.SMALLINT + " SMALLINT 3",
                            "i32 " + Types.INTEGER + " INTEGER 4",
                            "i64 " + Types.BIGINT + " BIGINT 5",
                            "d " + Types.DECIMAL + " DECIMAL 6",
                            "w " + Types.DECIMAL + " DECIMAL 7",
                            "f " + Types.FLOAT + " REAL 8",
                            "g " + Types.DOUBLE + " DOUBLE 9",
                            "day " + Types.DATE + " DATE 10",
                            "ts " + Types.TIMESTAMP + " TIMESTAMP 11",
                            "t " + Types.VARCHAR + " VARCHAR 12"),
                    found);
        }
    }

    /** Nested columns are there, of no type; the table's other columns stay usable. */
    @Test
    void unsupportedColumnsAreListed() throws SQLException {
        try (Connection connection = lake().connect("")) {
            List<String> found = new ArrayList<>();
            try (ResultSet rows = connection.getMetaData().getColumns(null, null, "odd\\_columns", "%")) {
                while (rows.next()) {
                    found.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME"));
                }
            }
            assertEquals(List.of("id INTEGER", "list UNSUPPORTED", "s UNSUPPORTED"), found);
            try (ResultSet rows = connection.createStatement().executeQuery("select id from odd_columns")) {
                assertTrue(rows.next());
                assertEquals(1, rows.getInt(1));
            }
        }
    }

    /** One file that cannot be read must not hide the others. */
    @Test
    void aBrokenTableHidesNothing() throws SQLException {
        try (Connection connection = lake().connect("")) {
            List<String> tables = column(connection.getMetaData().getColumns(null, null, "%", "%"), "TABLE_NAME");
            assertTrue(tables.contains("kinds") && tables.contains("numbers"), tables.toString());
            assertFalse(tables.contains("broken"), tables.toString());
        }
    }

    @Test
    void thereAreNoKeys() throws SQLException {
        try (Connection connection = lake().connect("")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertEquals(List.of(), column(metadata.getPrimaryKeys(null, null, "kinds"), "COLUMN_NAME"));
            assertEquals(List.of(), column(metadata.getImportedKeys(null, null, "kinds"), "PKCOLUMN_NAME"));
            assertEquals(List.of(), column(metadata.getExportedKeys(null, null, "kinds"), "PKCOLUMN_NAME"));
            assertEquals(
                    List.of(),
                    column(metadata.getCrossReference(null, null, "kinds", null, null, "numbers"), "PKCOLUMN_NAME"));
        }
    }

    @Test
    void theServerSaysWhatItIs() throws SQLException {
        try (Connection connection = lake().connect("")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertEquals("Aquifer", metadata.getDatabaseProductName());
            assertTrue(metadata.isReadOnly());
            assertEquals("\"", metadata.getIdentifierQuoteString());
            assertFalse(metadata.supportsTransactions());
            assertTrue(metadata.supportsFullOuterJoins());
        }
    }
}
