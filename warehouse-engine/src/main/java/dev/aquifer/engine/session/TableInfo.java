package dev.aquifer.engine.session;

import dev.aquifer.engine.catalog.TableColumn;
import java.util.List;

/** A table as {@code \d} and metadata calls show it: in schema {@code schema}, with all its columns in order. */
public record TableInfo(String schema, String name, String location, List<TableColumn> columns) {
    public TableInfo {
        columns = List.copyOf(columns);
    }
}
