package dev.aquifer.engine.server;

import dev.aquifer.engine.session.SessionCatalog;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCategory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Catalogs, schemas and tables as rows, ordered as Flight SQL says. Each method returns the rows it wrote. */
final class Metadata {
    /** The one catalog; JDBC wants a name. */
    static final String CATALOG = "aquifer";

    private static final String TABLE_TYPE = "TABLE";
    private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

    private Metadata() {}

    static int catalogs(VectorSchemaRoot root) {
        set(root, "catalog_name", 0, CATALOG);
        return 1;
    }

    static int tableTypes(VectorSchemaRoot root) {
        set(root, "table_type", 0, TABLE_TYPE);
        return 1;
    }

    static int schemas(SessionCatalog catalog, CommandGetDbSchemas command, VectorSchemaRoot root) {
        if (command.hasCatalog() && !isCatalog(command.getCatalog())) {
            return 0;
        }
        NamePattern wanted = pattern(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
        int row = 0;
        for (String schema : catalog.schemas().stream().sorted().toList()) {
            if (wanted.matches(schema)) {
                set(root, "catalog_name", row, CATALOG);
                set(root, "db_schema_name", row, schema);
                row++;
            }
        }
        return row;
    }

    static int tables(SessionCatalog catalog, CommandGetTables command, VectorSchemaRoot root) {
        boolean otherCatalog = command.hasCatalog() && !isCatalog(command.getCatalog());
        boolean otherType =
                command.getTableTypesCount() > 0 && !command.getTableTypesList().contains(TABLE_TYPE);
        if (otherCatalog || otherType) {
            return 0;
        }
        NamePattern schemas = pattern(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
        NamePattern tables = pattern(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern());
        int row = 0;
        for (String schema : catalog.schemas().stream().sorted().toList()) {
            if (!schemas.matches(schema)) {
                continue;
            }
            for (String table : catalog.tables(schema).stream().sorted().toList()) {
                if (!tables.matches(table)) {
                    continue;
                }
                set(root, "catalog_name", row, CATALOG);
                set(root, "db_schema_name", row, schema);
                set(root, "table_name", row, table);
                set(root, "table_type", row, TABLE_TYPE);
                if (command.getIncludeSchema()) {
                    ((VarBinaryVector) root.getVector("table_schema"))
                            .setSafe(row, columns(catalog, schema, table).serializeAsMessage());
                }
                row++;
            }
        }
        return row;
    }

    /** An empty catalog is how some clients say "those without one". */
    private static boolean isCatalog(String name) {
        return name.isEmpty() || name.equals(CATALOG);
    }

    private static NamePattern pattern(boolean given, String text) {
        return new NamePattern(given ? text : "%");
    }

    /** A table whose files cannot be read has no columns to show, and must not hide the other tables. */
    private static Schema columns(SessionCatalog catalog, String schema, String table) {
        try {
            return ColumnSchemas.ofTable(catalog.table(schema, table));
        } catch (AquiferException e) {
            if (e.code().category() != ErrorCategory.STORAGE) {
                throw e;
            }
            LOG.warn(
                    "the columns of table {} are not listed: {}: {}",
                    table,
                    e.code().label(),
                    e.getMessage());
            return new Schema(List.of());
        }
    }

    static void set(VectorSchemaRoot root, String column, int row, String text) {
        ((VarCharVector) root.getVector(column)).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
    }
}
