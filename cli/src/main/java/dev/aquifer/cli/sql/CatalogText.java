package dev.aquifer.cli.sql;

import dev.aquifer.cli.output.Escapes;
import dev.aquifer.cli.output.TextTable;
import dev.aquifer.engine.catalog.TableColumn;
import dev.aquifer.engine.session.SessionCatalog;
import dev.aquifer.engine.session.TableInfo;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables and their columns, for {@code \d}. */
final class CatalogText {
    private CatalogText() {}

    static String tables(SessionCatalog catalog) {
        List<List<String>> rows = new ArrayList<>();
        for (String schema : catalog.schemas()) {
            for (String table : catalog.tables(schema)) {
                rows.add(List.of(schema, Escapes.visible(table)));
            }
        }
        return rows.isEmpty()
                ? "There are no tables; start with --table NAME=PATH_OR_URI or --tpch SCALE.\n"
                : TextTable.of(List.of("schema", "table"), List.of(false, false), rows);
    }

    /** @param written the table's name as the user wrote it: {@code name}, {@code "Name"} or {@code schema.name} */
    static String columns(SessionCatalog catalog, String written) {
        int dot = written.startsWith("\"") ? -1 : written.indexOf('.');
        String schema = dot < 0 ? "main" : name(written.substring(0, dot));
        TableInfo table = catalog.table(schema, name(written.substring(dot + 1)));
        List<List<String>> rows = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            DataType type = column.type();
            rows.add(List.of(
                    Escapes.visible(column.name()),
                    type == null ? "unsupported: " + Escapes.visible(column.unsupportedReason()) : type.toString()));
        }
        return table.name() + " is " + Escapes.visible(table.location()) + "\n"
                + TextTable.of(List.of("column", "type"), List.of(false, false), rows);
    }

    private static String name(String written) {
        return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }
}
